package io.github.tursospring.auditlog.internal.engine;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Where reading ends: after a time, and of that time after the rows that were there when
 * reading began, where they are known.
 *
 * @param lastTime the last time to read
 * @param lastRows the rows of that time to read, {@code null} for all
 */
record RangeEnd(long lastTime, @Nullable Map<EntryKey, Integer> lastRows) {

	static final RangeEnd NONE = new RangeEnd(Long.MAX_VALUE, null);

	static RangeEnd after(long lastTime) {
		return new RangeEnd(lastTime, null);
	}

	/**
	 * Return the end that leaves out what is newer than the head of the log shows, read
	 * oldest first. Of the newest second, all rows are read where the page does not show
	 * them all.
	 */
	RangeEnd within(ValidatedPage head) {
		long newest = head.time(head.size() - 1);
		if (newest > this.lastTime) {
			return this;
		}
		int first = head.indexOf(newest);
		if (first == 0 && !head.startsReading()) {
			return after(newest);
		}
		Map<EntryKey, Integer> rows = new HashMap<>();
		for (int i = first; i < head.size(); i++) {
			rows.merge(head.key(i), 1, Integer::sum);
		}
		return new RangeEnd(newest, rows);
	}

	boolean isPassedBy(long time) {
		return time > this.lastTime;
	}

	/** Whether all rows of the last time have been emitted, where they are known. */
	boolean isReachedBy(Cursor cursor) {
		return this.lastRows != null && cursor.latest() == this.lastTime
				&& this.lastRows.entrySet()
					.stream()
					.allMatch((row) -> cursor.emitted().getOrDefault(row.getKey(), 0) >= row.getValue());
	}

	/** Whether a row belongs to the range, counting it in {@code emitted}. */
	boolean takes(AuditLog row, long time, Map<EntryKey, Integer> emitted) {
		if (this.lastRows == null || time < this.lastTime) {
			return true;
		}
		EntryKey key = EntryKey.of(row, time);
		int times = emitted.merge(key, 1, Integer::sum);
		return times <= this.lastRows.getOrDefault(key, 0);
	}

}
