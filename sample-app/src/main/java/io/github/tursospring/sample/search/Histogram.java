package io.github.tursospring.sample.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.tursospring.sample.archive.ActionKind;

/**
 * Numbers of entries by time and kind.
 *
 * @param unit the unit of time
 * @param from start of the range
 * @param to end of the range
 * @param total number of entries
 * @param bars the units of time that have entries, the earliest first
 */
public record Histogram(HistogramUnit unit, Instant from, Instant to, long total, List<Bar> bars) {

	/**
	 * The entries of one unit of time.
	 *
	 * @param start its start
	 * @param counts number of entries by kind
	 */
	public record Bar(Instant start, Map<ActionKind, Long> counts) {
	}

}
