package io.github.tursospring.auditlog.internal.engine;

import java.time.Instant;

import io.github.tursospring.auditlog.internal.engine.Transition.Outcome;

/**
 * Reads the rows at the head of the log that were dated ahead when reading began, past
 * rows that have been inserted before them since.
 *
 * @param progress how far reading has come
 * @param pageSize how many rows of the head to look at
 */
record ReadingAhead(Progress progress, int pageSize) implements ReadState {

	private static final int ENLARGEMENT = 4;

	static ReadState after(Progress progress, ReadSpec spec) {
		return new ReadingAhead(progress, Math.max(spec.pageSize(), 2 * progress.end().aheadCount()));
	}

	@Override
	public PageRequest request(ReadSpec spec) {
		return PageRequest.first(Math.min(this.pageSize, this.progress.log().limit()));
	}

	@Override
	public ReadState with(Progress newProgress) {
		return new ReadingAhead(newProgress, this.pageSize);
	}

	@Override
	public Transition accept(ValidatedPage page, Progress seen, ReadSpec spec) {
		int first = page.indexOf(seen.end().firstAhead());
		boolean whole = first > 0 || page.startsReading();
		if (!whole && this.pageSize < seen.log().limit()) {
			return Transition.to(new ReadingAhead(seen, this.pageSize * ENLARGEMENT), Outcome.LOOKED, page);
		}
		if (!whole) {
			throw ContractViolation.permanent("more entries are dated later than the responses that show them ("
					+ Instant.ofEpochSecond(page.now()) + ") than a page shows");
		}
		Deduplicator selected = Deduplicator.selectFrom(page, first, seen.cursor(), seen.end());
		Cursor cursor = seen.cursor().after(page, selected.emission(), selected.emission().size(), seen.lookback());
		Progress after = seen.advanced(new Checkpoint(cursor, seen.anchor(), seen.log()), true);
		return new Transition(new Done(after), Outcome.READ, page, seen, selected.emission(), null);
	}

}
