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
		if (narrowed.isClosed() && low != null) {
			return Transition.to(resume(seen.anchoredAt(low.place()), low, spec), Outcome.LOOKED, page);
		}
		return Transition.to(new Locating(seen, narrowed, this.relocations), Outcome.LOOKED, page);
	}

	/**
	 * Read on after the last row before the watermark, which no page shows with the next
	 * one.
	 */
	private ReadState resume(Progress anchored, TimeSearch.Point low, ReadSpec spec) {
		Progress from = anchored.withSeam(spec);
		if (!from.cursor().isPartial() && from.hasSeam(spec)) {
			return new Reading(from, true, 0);
		}
		return (from.cursor().count() == 0)
				? new ReadingByOffset(from, new EntryKey(low.time(), low.hash()), true, null, 0, 0)
				: ReadingByOffset.after(from, false, this.relocations);
	}

}
