package io.github.tursospring.benchmarks.reader;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What to read: a log newest first, all of it or a range.
 *
 * @param log the log's name, in the place of an organization
 * @param pageSize entries a page
 * @param from where the range starts, inclusive
 * @param to where the range ends, exclusive
 */
public record Reading(String log, int pageSize, @Nullable Instant from, @Nullable Instant to) {

	public Reading(String log, int pageSize) {
		this(log, pageSize, null, null);
	}

	/** As a line. */
	public String toLine() {
		return this.log + " " + this.pageSize + ((this.from != null) ? " " + this.from + " " + this.to : "");
	}

	/**
	 * Return what a line says.
	 * @param words the words of the line
	 * @return what to read
	 */
	public static Reading parse(String... words) {
		Instant from = (words.length > 2) ? Instant.parse(words[2]) : null;
		Instant to = (words.length > 3) ? Instant.parse(words[3]) : null;
		return new Reading(words[0], Integer.parseInt(words[1]), from, to);
	}

	boolean isBeyond(@Nullable Instant time) {
		return this.to != null && time != null && !time.isBefore(this.to);
	}

	boolean reaches(@Nullable Instant time) {
		return this.from == null || time == null || !time.isBefore(this.from);
	}

}
