package io.github.tursospring.sample.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.tursospring.sample.archive.ActionKind;

/**
 * Numbers of entries by time and kind.
 */
public record Histogram(HistogramUnit unit, Instant from, Instant to, long total, List<Bar> bars) {

	/**
	 * The entries of one unit of time.
	 */
	public record Bar(Instant start, Map<ActionKind, Long> counts) {
	}

}
