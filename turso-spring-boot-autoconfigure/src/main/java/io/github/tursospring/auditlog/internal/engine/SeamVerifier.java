package io.github.tursospring.auditlog.internal.engine;

import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * Tells from a page's content whether it continues what has been read.
 */
final class SeamVerifier {

	private SeamVerifier() {
	}

	/**
	 * Verify a page. It continues what has been read if it shows a row before the
	 * watermark, or starts where reading starts.
	 */
	static Seam verify(ValidatedPage page, Cursor cursor) {
		int first = page.indexOf(cursor.watermark());
		if (page.isEmpty()) {
			boolean emptyLog = page.startsReading() && page.endsReading();
			return emptyLog ? Seam.END : (page.startsReading() ? Seam.BEFORE_CURSOR : Seam.MISSING_ROWS);
		}
		if (first == page.size()) {
			return page.endsReading() ? Seam.END : Seam.BEFORE_CURSOR;
		}
		return (first > 0 || (page.startsReading() && !isEarlier(page, cursor))) ? Seam.CONTINUES : Seam.MISSING_ROWS;
	}

	/**
	 * Whether the newest rows, which Turso does not remove, are older than those that
	 * were emitted: then the response is of an earlier time, for example of a replica
	 * that is behind.
	 */
	private static boolean isEarlier(ValidatedPage page, Cursor cursor) {
		return page.order() == Order.DESC && cursor.count() > 0 && page.time(0) > cursor.latest();
	}

	/**
	 * Verify a page that was requested right below another, reading newest first. Inserts
	 * only repeat rows there, so it also continues what has been read where it starts no
	 * further down than the other ended, as long as both are of a log of the same length:
	 * otherwise rows were removed in between, or one of them is of an earlier time. Where
	 * a second lies across both, the page has to show the rest of it and none of the rows
	 * that were emitted: then it shows as many as are left, in whichever order the server
	 * lists them.
	 * @param above the page above it, {@code null} if there is none
	 */
	static Seam verifyAdjoining(ValidatedPage page, Cursor cursor, @Nullable ValidatedPage above) {
		Seam seam = verify(page, cursor);
		if (seam != Seam.MISSING_ROWS || above == null || page.start() > above.end() || page.total() != above.total()) {
			return seam;
		}
		if (page.isEmpty()) {
			return Seam.END;
		}
		return showsRestOfSecond(page, cursor) ? Seam.CONTINUES : Seam.MISSING_ROWS;
	}

	private static boolean showsRestOfSecond(ValidatedPage page, Cursor cursor) {
		int rest = page.indexOf(cursor.latest() + 1);
		if (rest == 0) {
			return true;
		}
		Map<EntryKey, Integer> emitted = cursor.counted();
		return rest < page.size() && !cursor.isPartial()
				&& IntStream.range(0, rest).noneMatch((row) -> emitted.containsKey(page.key(row)));
	}

}
