package io.github.tursospring.auditlog.internal.reading;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Where reading ends: at a time, and, reading oldest first, at what the head of the log
 * held when the first page was answered.
 */
final class Extent {

	static final Extent ALL = new Extent(Long.MAX_VALUE, null);

	private final long lastTime;

	private final @Nullable Map<RowKey, Integer> lastRows;

	private Extent(long lastTime, @Nullable Map<RowKey, Integer> lastRows) {
		this.lastTime = lastTime;
		this.lastRows = lastRows;
	}

	/**
	 * Return the extent up to a time.
	 * @param lastTime the last time to read
	 * @return the extent
	 */
	static Extent upTo(long lastTime) {
		return new Extent(lastTime, null);
	}

	/**
	 * Return the part of this extent that lies within what the head of the log showed.
	 * @param head the newest rows, in ascending order
	 * @return the extent: of its last time, just the rows that were there if all of them
	 * could be seen
	 */
	Extent within(Slice head) {
		long last = Math.min(head.time(head.size() - 1), this.lastTime);
		int first = head.indexOf(last);
		if (head.time(first) != last || !isWholeFrom(head, first)) {
			return upTo(last);
		}
		Map<RowKey, Integer> rows = new HashMap<>();
		for (int i = first; i < head.size() && head.time(i) == last; i++) {
			rows.merge(RowKey.of(head.row(i), last), 1, Integer::sum);
		}
		return new Extent(last, rows);
	}

	private static boolean isWholeFrom(Slice head, int first) {
		return first > 0 || head.atOrigin();
	}

	/** Whether a larger page at the head could tell more of the rows of the last time. */
	boolean isOpen(Slice head) {
		return this.lastRows == null && head.time(0) == this.lastTime && !head.atOrigin();
	}

	boolean isPassedBy(long time) {
		return time > this.lastTime;
	}

	/**
	 * Return whether a row was there when reading began.
	 * @param row the row
	 * @param time its time, not past this extent
	 * @param emitted how often it has been emitted
	 * @return whether to emit it
	 */
	boolean holds(AuditLog row, long time, Map<RowKey, Integer> emitted) {
		if (this.lastRows == null || time < this.lastTime) {
			return true;
		}
		RowKey key = RowKey.of(row, time);
		int times = emitted.getOrDefault(key, 0);
		emitted.put(key, times + 1);
		return times < this.lastRows.getOrDefault(key, 0);
	}

}
