package io.github.tursospring.sample.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.tursospring.sample.archive.ArchivedEntry;

/**
 * A place after an entry, in the order of the entries' times. The archive is searched up
 * to the sequence number {@code head}, so that entries archived meanwhile do not come up
 * among older ones.
 */
public record Position(long second, long sequence, long head) {

	private static final Pattern FORM = Pattern.compile("(-?\\d{1,18})_(\\d{1,18})_(\\d{1,18})");

	/** Return the place before the oldest entry. */
	public static Position start(long head) {
		return new Position(Long.MIN_VALUE, 0, head);
	}

	static Position after(ArchivedEntry entry, long head) {
		return new Position(entry.second(), entry.sequence(), head);
	}

	/** Read a position. */
	public static Position of(String cursor) {
		Matcher matcher = FORM.matcher(cursor);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(cursor);
		}
		return new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
				Long.parseLong(matcher.group(3)));
	}

	/** Return the position as text, which can be part of a URL. */
	public String cursor() {
		return this.second + "_" + this.sequence + "_" + this.head;
	}

}
