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
 * @param ahead the rows after that time to read all the same: those that were dated ahead
 * when reading began
 */
record RangeEnd(long lastTime, @Nullable Map<EntryKey, Integer> lastRows, Map<EntryKey, Integer> ahead) {

	static final RangeEnd NONE = after(Long.MAX_VALUE);

	static RangeEnd after(long lastTime) {
		return new RangeEnd(lastTime, null, Map.of());
	}

	/**
	 * Return the end that leaves out what is newer than the head of the log shows, read
	 * oldest first. Of the newest second, all rows are read where the page does not show
	 * them all.
	 */
	RangeEnd within(ValidatedPage head) {
		int ordinary = (head.sizeWithoutAhead() > 0) ? head.sizeWithoutAhead() : head.size();
		long newest = head.time(ordinary - 1);
		if (newest > this.lastTime) {
			return this;
		}
		int end = (this.lastTime < Long.MAX_VALUE) ? head.indexOf(this.lastTime + 1) : head.size();
		int first = head.indexOf(newest);
		boolean whole = first > 0 || head.startsReading();
		return new RangeEnd(newest, whole ? rows(head, first, ordinary) : null, rows(head, ordinary, end));
	}

	private static Map<EntryKey, Integer> rows(ValidatedPage page, int from, int to) {
		Map<EntryKey, Integer> rows = new HashMap<>();
		for (int i = from; i < to; i++) {
			rows.merge(page.key(i), 1, Integer::sum);
		}
		return rows;
	}

	boolean isPassedBy(long time) {
		return time > this.lastTime;
	}

	/** Whether all rows that were dated ahead have been emitted. */
	boolean hasNoneAheadLeft(Cursor cursor) {
		return this.ahead.isEmpty() || holds(cursor.counted(), this.ahead);
	}

	/** The time of the first row that was dated ahead, the end of time if none was. */
	long firstAhead() {
		return this.ahead.keySet().stream().mapToLong(EntryKey::time).min().orElse(Long.MAX_VALUE);
	}

	int aheadCount() {
		return this.ahead.values().stream().mapToInt(Integer::intValue).sum();
	}

	/** Whether rows of a time are told apart. */
	boolean countsRows() {
		return this.lastRows != null || !this.ahead.isEmpty();
	}

	/** Whether all rows of the last time have been emitted, where they are known. */
	boolean isReachedBy(Cursor cursor) {
		boolean near = cursor.latest() == this.lastTime || !cursor.ahead().isEmpty();
		return near && this.lastRows != null && holds(cursor.counted(), this.lastRows);
	}

	private static boolean holds(Map<EntryKey, Integer> emitted, Map<EntryKey, Integer> rows) {
		return rows.entrySet().stream().allMatch((row) -> emitted.getOrDefault(row.getKey(), 0) >= row.getValue());
	}

	/** Whether a row belongs to the range, counting it in {@code emitted}. */
	boolean takes(AuditLog row, long time, Map<EntryKey, Integer> emitted) {
		Map<EntryKey, Integer> last = (time > this.lastTime) ? this.ahead : this.lastRows;
		if (last == null || time < this.lastTime) {
			return true;
		}
		EntryKey key = EntryKey.of(row, time);
		return emitted.merge(key, 1, Integer::sum) <= last.getOrDefault(key, 0);
	}

}
