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
		Map<EntryKey, Integer> left = new HashMap<>(cursor.emitted());
		long latest = cursor.latest();
		return select(page, page.indexOf(cursor.watermark()), cursor, end, (row, time) -> {
			if (left.isEmpty() || time > latest) {
				return false;
			}
			Integer times = left.computeIfPresent(EntryKey.of(row, time), (key, uses) -> uses - 1);
			return times != null && times >= 0;
		});
	}

	/** Select the rows of a page from an index on, none of which has been emitted. */
	static Deduplicator selectFrom(ValidatedPage page, int first, Cursor cursor, RangeEnd end) {
		return select(page, first, cursor, end, (row, time) -> false);
	}

	private static Deduplicator select(ValidatedPage page, int first, Cursor cursor, RangeEnd end, Emitted emitted) {
		Emission emission = new Emission(page.size() - first);
		Map<EntryKey, Integer> counts = (end.lastRows() != null) ? new HashMap<>(cursor.emitted()) : Map.of();
		for (int i = first; i < page.size(); i++) {
			long time = page.time(i);
			if (end.isPassedBy(time)) {
				return new Deduplicator(emission, true);
			}
			AuditLog row = page.row(i);
			if (!emitted.test(row, time) && end.takes(row, time, counts)) {
				emission.add(row, time);
			}
		}
		return new Deduplicator(emission, false);
	}

	private interface Emitted {

		boolean test(AuditLog row, long time);

	}

}
