package io.github.tursospring.sample.search;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.tursospring.sample.archive.ArchivedEntry;

/**
 * A place between two entries in the order of their times.
 *
 * @param second epoch second of the entry before it
 * @param sequence sequence number of the entry before it
 * @param head the sequence number up to which the archive is searched, so that entries
 * archived meanwhile do not come up among older ones
 */
public record Position(long second, long sequence, long head) {

	private static final Pattern FORM = Pattern.compile("(-?\\d{1,18}) (\\d{1,18}) (\\d{1,18})");

	/**
	 * Return the place before the oldest entry.
	 * @param head the sequence number up to which the archive is searched
	 * @return the position
	 */
	public static Position start(long head) {
		return new Position(Long.MIN_VALUE, 0, head);
	}

	static Position after(ArchivedEntry entry, long head) {
		return new Position(entry.second(), entry.sequence(), head);
	}

	/**
	 * Read a position.
	 * @param cursor its text
	 * @return the position
	 * @throws IllegalArgumentException if it is none
	 */
	public static Position of(String cursor) {
		Matcher matcher = FORM.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
		if (!matcher.matches()) {
			throw new IllegalArgumentException(cursor);
		}
		return new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
				Long.parseLong(matcher.group(3)));
	}

	/**
	 * Return the position as text.
	 * @return the text, which can be part of a URL
	 */
	public String cursor() {
		String text = this.second + " " + this.sequence + " " + this.head;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
	}

}
