package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Short texts that recur from entry to entry, such as authors and places, so that each
 * need not be created anew. Bounded: a text takes the place of another one with the same
 * slot. Safe for use by several threads without a lock: a text is immutable, and one that
 * another thread has just replaced is only created once more.
 */
final class RecurringTexts {

	private static final int SLOTS = 1024;

	private static final int MAX_LENGTH = 64;

	private final @Nullable String[] slots = new @Nullable String[SLOTS];

	/**
	 * Return the text that a parser is at.
	 */
	String read(JsonParser parser) {
		int length = parser.getStringLength();
		if (length > MAX_LENGTH) {
			return parser.getString();
		}
		char[] chars = parser.getStringCharacters();
		int offset = parser.getStringOffset();
		int hash = length;
		for (int i = offset; i < offset + length; i++) {
			hash = 31 * hash + chars[i];
		}
		int slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
		String recent = this.slots[slot];
		if (recent != null && isSame(recent, chars, offset, length)) {
			return recent;
		}
		String text = new String(chars, offset, length);
		this.slots[slot] = text;
		return text;
	}

	private static boolean isSame(String text, char[] chars, int offset, int length) {
		if (text.length() != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (text.charAt(i) != chars[offset + i]) {
				return false;
			}
		}
		return true;
	}

}
