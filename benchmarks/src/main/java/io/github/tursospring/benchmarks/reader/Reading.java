package io.github.tursospring.benchmarks.reader;

import java.io.Serializable;
import java.time.Instant;

/**
 * What to read, newest first.
 *
 * @param log the log's name, in place of an organization's
 * @param pageSize entries a page
 * @param from start of the time range, inclusive
 * @param to end of the time range, exclusive
 */
public record Reading(String log, int pageSize, Instant from, Instant to) implements Serializable {

	/**
	 * Create a reading of a whole log.
	 * @param log the log's name
	 * @param pageSize entries a page
	 */
	public Reading(String log, int pageSize) {
		this(log, pageSize, Instant.MIN, Instant.MAX);
	}

	boolean isWhole() {
		return this.from.equals(Instant.MIN);
	}

	boolean endsBefore(Instant time) {
		return !time.isBefore(this.to);
	}

	boolean reaches(Instant time) {
		return !time.isBefore(this.from);
	}

}
