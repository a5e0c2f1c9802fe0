package io.github.tursospring.auditlog.internal.engine;

import org.jspecify.annotations.Nullable;

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
		return (first > 0 || page.startsReading()) ? Seam.CONTINUES : Seam.MISSING_ROWS;
	}

	/**
	 * Verify a page that was requested right below another, reading newest first. Inserts
	 * only repeat rows there, so it also continues what has been read where it starts no
	 * further down than the other ended, as long as the log has not lost rows in between
	 * and no second lies across both.
	 * @param above the page above it, {@code null} if there is none
	 */
	static Seam verifyAdjoining(ValidatedPage page, Cursor cursor, @Nullable ValidatedPage above) {
		Seam seam = verify(page, cursor);
		if (seam != Seam.MISSING_ROWS || above == null || page.start() > above.end() || page.total() < above.total()) {
			return seam;
		}
		if (page.isEmpty()) {
			return Seam.END;
		}
		return (page.time(0) > cursor.latest()) ? Seam.CONTINUES : Seam.MISSING_ROWS;
	}

}
