package io.github.tursospring.auditlog.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * How far a reading has come, whatever state it is in.
 *
 * @param position what has been emitted, and where that was
 * @param end where reading ends
 * @param lookback how far the watermark stays behind the latest row
 * @param previous the page before, {@code null} if there is none
 * @param stalls how many pages in a row showed no row to emit
 * @param seamRows how many rows recent seams had to show again
 * @param resuming whether no page has continued the token yet
 */
record Progress(Checkpoint position, RangeEnd end, Lookback lookback, @Nullable ValidatedPage previous, int stalls,
		long seamRows, boolean resuming) {

	private static final int MAX_STALLS = 100;

	/** How much of a page may repeat what was read where the lookback gives way. */
	private static final double LARGEST_SEAM = 0.75;

	static Progress start(ReadSpec spec) {
		return new Progress(spec.start(), spec.end(), new Lookback(spec.lookback(), Long.MIN_VALUE), null, 0, 1,
				spec.resumed());
	}

	Cursor cursor() {
		return this.position.cursor();
	}

	long anchor() {
		return this.position.anchor();
	}

	LogSize log() {
		return this.position.log();
	}

	boolean hasAnchor() {
		return anchor() != Checkpoint.NO_ANCHOR;
	}

	/** Take note of a page, before anything is known of its rows. */
	Progress seen(ValidatedPage page) {
		if (this.stalls >= MAX_STALLS) {
			throw ContractViolation.permanent(MAX_STALLS + " responses in a row showed no further entry: either the log"
					+ " changes faster than it can be read, or the server's pages repeat or do not fit each other");
		}
		Checkpoint observed = new Checkpoint(cursor(), anchor(), log().observe(page, this.previous == null));
		return new Progress(observed, this.end, this.lookback, page, this.stalls + 1, this.seamRows, this.resuming);
	}

	/** Rows have been emitted, up to a position. */
	Progress advanced(Checkpoint newPosition, boolean emitted) {
		long newSeamRows = Math.max(newPosition.cursor().count() + 1, this.seamRows / 2);
		return new Progress(newPosition, this.end, this.lookback, this.previous, emitted ? 0 : this.stalls, newSeamRows,
				false);
	}

	Progress anchoredAt(long place) {
		return new Progress(new Checkpoint(cursor(), place, log()), this.end, this.lookback, this.previous, this.stalls,
				this.seamRows, this.resuming);
	}

	/**
	 * Look back less far where no page shows the last row before the watermark with a row
	 * that is yet to be read.
	 */
	Progress withSeam(ReadSpec spec) {
		Progress narrowed = this;
		Cursor shorter = cursor().withoutFirstSecond();
		boolean tooFar = shorter != null && hasAnchor() && !hasSeam(spec);
		while (tooFar && shorter != null) {
			narrowed = narrowed.lookingBackTo(shorter);
			shorter = shorter.withoutFirstSecond();
			tooFar = narrowed.cursor().count() > log().limit() * LARGEST_SEAM || !narrowed.hasSeam(spec);
		}
		return narrowed;
	}

	/** Whether a page shows the last row before the watermark with one yet to be read. */
	boolean hasSeam(ReadSpec spec) {
		return WindowPlanner.seam(this, spec, 0) != null;
	}

	private Progress lookingBackTo(Cursor shorter) {
		long place = anchor() + cursor().count() - shorter.count();
		return new Progress(new Checkpoint(shorter, place, log()), this.end, this.lookback, this.previous, this.stalls,
				this.seamRows, this.resuming);
	}

	Progress endingAt(RangeEnd newEnd) {
		return new Progress(this.position, newEnd, this.lookback, this.previous, this.stalls, this.seamRows,
				this.resuming);
	}

	Progress withHead(long time) {
		return new Progress(this.position, this.end, this.lookback.withHead(time), this.previous, this.stalls,
				this.seamRows, this.resuming);
	}

	/**
	 * Return the place of the last row before a watermark that a page has been read up
	 * to.
	 */
	long anchorFor(ValidatedPage page, long watermark) {
		int last = page.indexOf(watermark) - 1;
		if (last >= 0) {
			return page.place(last);
		}
		boolean moved = watermark != cursor().watermark();
		return (!page.isEmpty() && (moved || page.startsReading())) ? page.place(0) - 1 : anchor();
	}

}
