package io.github.tursospring.auditlog.internal.engine;

import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.engine.ReadSpec.Mode;
import io.github.tursospring.auditlog.internal.engine.Transition.Outcome;

/**
 * Looks at the head of the log: it tells how long the log is, and for a stream that is
 * read oldest first where it ends.
 *
 * @param progress how far reading has come
 * @param rows how many rows to look at for the length of the log: more than one where the
 * newest one is dated ahead, so that it does not tell how far the log has come
 */
record Probing(Progress progress, int rows) implements ReadState {

	Probing(Progress progress) {
		this(progress, 1);
	}

	@Override
	public PageRequest request(ReadSpec spec) {
		boolean lengthOnly = spec.order() == Order.ASC
				&& (spec.mode() == Mode.FOLLOW || (spec.mode() == Mode.PAGE && this.progress.cursor().isOrigin()));
		boolean overlaps = spec.order() == Order.ASC || spec.concurrency() > 1;
		int size = overlaps ? spec.overlappingPageSize() : spec.pageSize();
		return PageRequest.first(Math.min(lengthOnly ? this.rows : size, this.progress.log().limit()));
	}

	@Override
	public ReadState with(Progress newProgress) {
		return new Probing(newProgress, this.rows);
	}

	@Override
	public Transition accept(ValidatedPage page, Progress seen, ReadSpec spec) {
		if (page.isEmpty()) {
			return Transition.to(new Done(seen), Outcome.READ, page);
		}
		int ordinary = page.sizeWithoutAhead();
		if (ordinary == 0 && spec.lookback() > 0 && this.rows == 1 && page.total() > 1) {
			return Transition.to(new Probing(seen, Cursor.MAX_AHEAD + 1), Outcome.LOOKED, page);
		}
		Progress probed = seen;
		if (spec.order() == Order.ASC) {
			probed = probed.withHead(Math.min(page.time(Math.max(ordinary, 1) - 1), page.now()));
			probed = (spec.mode() == Mode.STREAM) ? probed.endingAt(probed.end().within(page)) : probed;
		}
		Seam seam = SeamVerifier.verify(page, probed.cursor());
		if (seam == Seam.CONTINUES || seam == Seam.END) {
			return Reading.read(page, seam, probed, spec, spec.order() == Order.ASC);
		}
		if (probed.hasAnchor() || probed.cursor().isOrigin()) {
			Progress anchored = probed.hasAnchor() ? probed : probed.anchoredAt(-1);
			return Transition.to(Reading.resume(anchored, spec, true), Outcome.LOOKED, page);
		}
		TimeSearch search = TimeSearch.of(probed.cursor().watermark()).narrow(page, spec.order(), probed.log());
		return Transition.to(new Locating(probed, search, 0), Outcome.LOOKED, page);
	}

}
