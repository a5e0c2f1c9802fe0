package io.github.tursospring.sample.turso;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Entries of one second each, whose messages are their numbers; the greater, the newer.
 */
public final class NumberedEntries {

	private static final Instant EPOCH = Instant.parse("2023-12-20T09:46:00Z");

	private NumberedEntries() {
	}

	public static LogEntry entry(int number) {
		return entryAt(number, String.valueOf(number));
	}

	static LogEntry entryAt(int second, String message) {
		return new LogEntry("db-create", message, "cli", "iku", EPOCH.plusSeconds(second), Map.of(), null);
	}

	/**
	 * Return entries from the given number down to 1.
	 * @param count number of entries
	 * @return the entries, newest first
	 */
	public static List<LogEntry> newestFirst(int count) {
		return IntStream.range(0, count).mapToObj((i) -> entry(count - i)).toList();
	}

}
