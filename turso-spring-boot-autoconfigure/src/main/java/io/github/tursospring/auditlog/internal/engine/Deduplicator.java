package io.github.tursospring.auditlog.internal.engine;

import java.util.HashMap;
import java.util.Map;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Tells which rows of a page are emitted: those that the cursor does not count and that
 * the range takes.
 *
 * @param emission the rows to emit
 * @param passedEnd whether the page reaches past the end of the range
 */
record Deduplicator(Emission emission, boolean passedEnd) {

	/** Select the rows of a page that shows every row from the watermark on. */
	static Deduplicator select(ValidatedPage page, Cursor cursor, RangeEnd end) {
		return select(page, page.indexOf(cursor.watermark()), cursor, end, counted(cursor.counted()));
	}

	/**
	 * Select the rows of a page from an index on, none of which has been emitted but for
	 * those that were dated ahead.
	 */
	static Deduplicator selectFrom(ValidatedPage page, int first, Cursor cursor, RangeEnd end) {
		return select(page, first, cursor, end, counted(new HashMap<>(cursor.ahead())));
	}

	private static Emitted counted(Map<EntryKey, Integer> left) {
		long latest = left.keySet().stream().mapToLong(EntryKey::time).max().orElse(Long.MIN_VALUE);
		return (row, time) -> {
			if (time > latest) {
				return false;
			}
			Integer times = left.computeIfPresent(EntryKey.of(row, time), (key, uses) -> uses - 1);
			return times != null && times >= 0;
		};
	}

	private static Deduplicator select(ValidatedPage page, int first, Cursor cursor, RangeEnd end, Emitted emitted) {
		Emission emission = new Emission(page.size() - first);
		Map<EntryKey, Integer> counts = end.countsRows() ? cursor.counted() : Map.of();
		boolean passed = false;
		for (int i = first; i < page.size(); i++) {
			long time = page.time(i);
			if (end.isPassedBy(time)) {
				passed = true;
				if (end.ahead().isEmpty()) {
					break;
				}
			}
			AuditLog row = page.row(i);
			if (!emitted.test(row, time) && end.takes(row, time, counts)) {
				emission.add(row, time);
			}
		}
		return new Deduplicator(emission, passed);
	}

	private interface Emitted {

		boolean test(AuditLog row, long time);

	}

}
