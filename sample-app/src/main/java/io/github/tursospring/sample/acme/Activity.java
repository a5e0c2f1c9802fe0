package io.github.tursospring.sample.acme;

import java.time.Instant;
import java.util.List;
import java.util.Random;

import io.github.tursospring.sample.turso.LogEntry;

/**
 * Something that people do and that leaves one entry in the log or several.
 */
@FunctionalInterface
interface Activity {

	/**
	 * Write the entries.
	 * @param trail where to write them
	 */
	void leave(Trail trail);

	/**
	 * Do it.
	 * @param member who does it
	 * @param start when
	 * @param random what decides about the details
	 * @return the entries it leaves, oldest first; later ones can be days after the first
	 */
	default List<LogEntry> perform(Member member, Instant start, Random random) {
		Trail trail = new Trail(member, start, random);
		leave(trail);
		return trail.entries();
	}

}
