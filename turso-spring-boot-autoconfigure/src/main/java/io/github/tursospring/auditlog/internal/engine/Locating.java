package io.github.tursospring.auditlog.internal.engine;

import io.github.tursospring.auditlog.internal.engine.Transition.Outcome;

/**
 * Looks for the page that shows the watermark.
 *
 * @param progress how far reading has come
 * @param search what is known of where it lies
 * @param relocations how often a wide second has been located
 */
record Locating(Progress progress, TimeSearch search, int relocations) implements ReadState {

	@Override
	public PageRequest request(ReadSpec spec) {
		return this.search.next(spec, this.progress.log());
	}

	@Override
	public ReadState with(Progress newProgress) {
		return new Locating(newProgress, this.search, this.relocations);
	}

	@Override
	public Transition accept(ValidatedPage page, Progress seen, ReadSpec spec) {
		Cursor cursor = seen.cursor();
		Seam seam = SeamVerifier.verify(page, cursor);
		if (seam == Seam.CONTINUES && cursor.isPartial()) {
			Progress anchored = seen.anchoredAt(seen.anchorFor(page, cursor.watermark()));
			return Transition.to(ReadingByOffset.after(anchored, false, this.relocations), Outcome.LOOKED, page);
		}
		if (seam == Seam.CONTINUES || seam == Seam.END) {
			return Reading.read(page, seam, seen, spec, false);
		}
		TimeSearch narrowed = this.search.narrow(page, spec.order(), seen.log());
		TimeSearch.Point low = narrowed.low();
		if (narrowed.isClosed() && low != null && cursor.count() == 0) {
			Progress anchored = seen.anchoredAt(low.place());
			ReadState next = (WindowPlanner.seam(anchored, spec, 0) != null) ? new Reading(anchored, true, 0)
					: new ReadingByOffset(anchored, new EntryKey(low.time(), low.hash()), true, null, 0, 0);
			return Transition.to(next, Outcome.LOOKED, page);
		}
		return Transition.to(new Locating(seen, narrowed, this.relocations), Outcome.LOOKED, page);
	}

}
