package io.github.tursospring.auditlog.internal.engine;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.engine.Transition.Outcome;

/**
 * Reads page after page. A page is read if it shows a row before the watermark, so that
 * nothing between it and what was read can be missing.
 *
 * @param progress how far reading has come
 * @param overlapping whether pages have to show a row before the watermark; newest first,
 * adjoining ones do as well until one does not continue
 * @param misses how many pages in a row did not continue what has been read
 */
record Reading(Progress progress, boolean overlapping, int misses) implements ReadState {

	private static final int MAX_MISSES = 4;

	/** Return the state that reads on from an anchor. */
	static ReadState resume(Progress progress, ReadSpec spec, boolean overlapping) {
		Progress from = overlapping ? progress.withSeam(spec) : progress;
		boolean readable = !from.cursor().isPartial() && (!overlapping || from.hasSeam(spec));
		boolean origin = spec.order() == Order.ASC && from.cursor().isOrigin();
		if (readable || (from.cursor().last() == null && !origin)) {
			return new Reading(from, overlapping, 0);
		}
		return origin ? new ReadingByOffset(from, null, true, null, 0, 0)
				: ReadingByOffset.after(from, from.previous() != null && from.stalls() == 0, 0);
	}

	@Override
	public PageRequest request(ReadSpec spec) {
		LogSize log = this.progress.log();
		if (!log.isKnown() || !this.progress.hasAnchor()) {
			return PageRequest
				.first(Math.min((spec.concurrency() > 1) ? spec.overlappingPageSize() : spec.pageSize(), log.limit()));
		}
		ValidatedPage above = this.progress.previous();
		if (adjoins(spec) && above != null) {
			return PageRequest.covering(above.end(), above.appliedPageSize());
		}
		PageRequest request = WindowPlanner.seam(this.progress, spec, this.misses);
		if (request != null) {
			return request;
		}
		long anchor = WindowPlanner.offset(spec.order(), log, this.progress.anchor());
		return WindowPlanner.reaching(spec.order(), Math.max(0, anchor), log.limit());
	}

	private boolean adjoins(ReadSpec spec) {
		return spec.order() == Order.DESC && spec.concurrency() == 1 && !this.overlapping;
	}

	@Override
	public @Nullable PageRequest requestAfter(PageRequest request, ReadSpec spec) {
		boolean wanted = spec.prefetches() && !reachesEnd(request, spec.order());
		return wanted ? WindowPlanner.after(this.progress, spec, request, adjoins(spec)) : null;
	}

	/**
	 * Whether a page is likely to show the end of the range, by the density of the last
	 * one.
	 */
	private boolean reachesEnd(PageRequest request, Order order) {
		ValidatedPage page = this.progress.previous();
		long lastTime = this.progress.end().lastTime();
		if (page == null || page.isEmpty() || lastTime == Long.MAX_VALUE) {
			return false;
		}
		double rowsLeft = (lastTime - this.progress.cursor().latest()) * page.density();
		return rowsLeft <= ((order == Order.DESC) ? request.end() - page.end() : page.start() - request.start());
	}

	@Override
	public ReadState with(Progress newProgress) {
		return new Reading(newProgress, true, this.misses);
	}

	@Override
	public boolean prefetches(ReadSpec spec) {
		return spec.prefetches();
	}

	@Override
	public Transition accept(ValidatedPage page, Progress seen, ReadSpec spec) {
		Seam seam = adjoins(spec) ? SeamVerifier.verifyAdjoining(page, seen.cursor(), this.progress.previous())
				: SeamVerifier.verify(page, seen.cursor());
		if (seam == Seam.CONTINUES || seam == Seam.END) {
			return read(page, seam, seen, spec, this.overlapping);
		}
		Outcome outcome = (seam == Seam.MISSING_ROWS) ? Outcome.MISSING_ROWS : Outcome.BEFORE_CURSOR;
		boolean lost = this.misses + 1 >= MAX_MISSES && seen.log().isKnown() && !seen.cursor().isOrigin();
		if (lost) {
			TimeSearch search = TimeSearch.of(seen.cursor().watermark()).narrow(page, spec.order(), seen.log());
			return Transition.to(new Locating(seen, search, 0), Outcome.MISPLACED, page);
		}
		boolean origin = spec.order() == Order.ASC && seen.cursor().isOrigin() && seen.hasAnchor();
		if (origin && WindowPlanner.seam(seen, spec, this.misses + 1) == null) {
			// the server's pages turned out too small to show that nothing is before
			return Transition.to(resume(seen, spec, true), outcome, page);
		}
		return Transition.to(new Reading(seen, true, this.misses + 1), outcome, page);
	}

	/** Read a page that continues what has been read, or shows that nothing is left. */
	static Transition read(ValidatedPage page, Seam seam, Progress seen, ReadSpec spec, boolean overlapping) {
		AuditLogGap gap = seen.resuming() ? gap(page, seam, seen.cursor(), spec.order()) : null;
		if (seam == Seam.END) {
			return new Transition(new Done(seen), Outcome.READ, page, seen, Emission.EMPTY, gap);
		}
		Deduplicator selected = Deduplicator.select(page, seen.cursor(), seen.end());
		return emit(page, selected, seen, spec, overlapping, gap);
	}

	/** Emit rows of a page, and read on after it. */
	static Transition emit(ValidatedPage page, Deduplicator selected, Progress seen, ReadSpec spec, boolean overlapping,
			@Nullable AuditLogGap gap) {
		Emission emission = selected.emission();
		if (spec.follows() && seen.cursor().countsTooManyAhead(page, emission, emission.size())) {
			throw ContractViolation.permanent("more than " + Cursor.MAX_AHEAD + " entries are dated later than the"
					+ " responses that show them (" + Instant.ofEpochSecond(page.now())
					+ "), so entries that come after them cannot be told from what was read");
		}
		Cursor cursor = seen.cursor().after(page, emission, emission.size(), seen.lookback());
		long anchor = seen.anchorFor(page, cursor.watermark());
		Progress after = seen.advanced(new Checkpoint(cursor, anchor, seen.log()), !emission.isEmpty());
		boolean passed = selected.passedEnd() || after.end().isReachedBy(cursor);
		boolean done = page.endsReading() || (passed && after.end().hasNoneAheadLeft(cursor));
		return new Transition(done ? new Done(after) : next(after, passed, spec, overlapping), Outcome.READ, page, seen,
				emission, gap);
	}

	private static ReadState next(Progress after, boolean passed, ReadSpec spec, boolean overlapping) {
		return passed ? ReadingAhead.after(after, spec)
				: resume(after, spec, overlapping || spec.order() == Order.ASC || spec.concurrency() > 1);
	}

	/**
	 * Where every row of the log is newer than what a token covers, rows after it may
	 * have been removed before they were read.
	 */
	private static @Nullable AuditLogGap gap(ValidatedPage page, Seam seam, Cursor cursor, Order order) {
		if (page.isEmpty() || cursor.count() == 0) {
			return null;
		}
		boolean oldestFirst = order == Order.ASC && page.startsReading() && page.time(0) > cursor.latest()
				&& !cursor.ahead().containsKey(page.key(0));
		boolean newestFirst = order == Order.DESC && seam == Seam.END;
		if (!oldestFirst && !newestFirst) {
			return null;
		}
		long position = ValidatedPage.time(order, cursor.latest());
		return new AuditLogGap(Instant.ofEpochSecond(position), Instant.ofEpochSecond(page.oldestSecond()));
	}

}
