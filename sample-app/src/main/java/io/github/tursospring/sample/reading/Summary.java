package io.github.tursospring.sample.reading;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What some entries come to. Summaries of different entries add up.
 *
 * @param total number of entries
 * @param oldest time of the oldest entry, {@code null} if there is none
 * @param newest time of the newest entry, {@code null} if there is none
 * @param days days (UTC) with entries, the earliest first
 * @param codes codes, the most frequent first
 * @param authors authors, the most active first
 * @param origins origins, the most frequent first
 * @param others number of times that a day, code, author or origin was not counted by
 * name, because there were too many
 */
public record Summary(long total, @Nullable Instant oldest, @Nullable Instant newest, List<Day> days,
		List<CodeCount> codes, List<Count> authors, List<Count> origins, long others) {

	/**
	 * A day's entries.
	 *
	 * @param day the day
	 * @param counts number of entries by kind of action
	 */
	public record Day(LocalDate day, Map<ActionKind, Long> counts) {
	}

	/**
	 * A code's entries.
	 *
	 * @param code the code
	 * @param kind the kind of action that it is
	 * @param count number of entries
	 */
	public record CodeCount(String code, ActionKind kind, long count) {
	}

	/**
	 * An author's or an origin's entries.
	 *
	 * @param name the name
	 * @param count number of entries
	 */
	public record Count(String name, long count) {
	}

}
