package io.github.tursospring.auditlog.internal.reading;

import java.util.HashMap;
import java.util.Map;

/**
 * How far reading has come, told by content alone: every row before the edge has been
 * emitted, and of those at or after it, just the rows counted here. Rows that are
 * identical count as often as they were emitted. Immutable.
 *
 * @param edge the time of the edge, growing in the order of reading
 * @param latest the latest time of an emitted row
 * @param emitted how many of which rows at or after the edge have been emitted
 */
record Boundary(long edge, long latest, Map<RowKey, Integer> emitted) {

	/** Before everything. */
	static final Boundary ORIGIN = before(Long.MIN_VALUE);

	/**
	 * Return the boundary right before the first row of a time.
	 * @param time the time
	 * @return the boundary
	 */
	static Boundary before(long time) {
		return new Boundary(time, Long.MIN_VALUE, Map.of());
	}

	boolean isOrigin() {
		return this.edge == Long.MIN_VALUE;
	}

	/** How many rows at or after the edge have been emitted. */
	int count() {
		return this.emitted.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * Return the boundary after further rows were emitted.
	 * @param batch the rows
	 * @param count how many of them were emitted
	 * @param lookback how far behind the latest row the edge is to stay
	 * @return the boundary
	 */
	Boundary after(Batch batch, int count, Lookback lookback) {
		if (count == 0) {
			return this;
		}
		long newLatest = Math.max(this.latest, batch.time(count - 1));
		long newEdge = Math.max(this.edge, lookback.edge(newLatest));
		Map<RowKey, Integer> counts = new HashMap<>();
		if (this.latest >= newEdge) {
			this.emitted.forEach((key, times) -> {
				if (key.time() >= newEdge) {
					counts.put(key, times);
				}
			});
		}
		for (int i = count - 1; i >= 0 && batch.time(i) >= newEdge; i--) {
			counts.merge(RowKey.of(batch.entry(i), batch.time(i)), 1, Integer::sum);
		}
		return new Boundary(newEdge, newLatest, counts);
	}

}
