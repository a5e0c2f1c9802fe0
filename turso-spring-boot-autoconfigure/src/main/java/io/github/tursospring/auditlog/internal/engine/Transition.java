package io.github.tursospring.auditlog.internal.engine;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogGap;

/**
 * What a page has led to.
 *
 * @param state the state after it
 * @param outcome what the page was good for
 * @param page the page
 * @param before how far reading had come before it
 * @param emission the rows to emit
 * @param gap rows that retention may have removed before they were read, or {@code null}
 */
public record Transition(ReadState state, Outcome outcome, ValidatedPage page, Progress before, Emission emission,
		@Nullable AuditLogGap gap) {

	/**
	 * What a page was good for.
	 */
	public enum Outcome {

		/** It continued what had been read, or showed that nothing is left. */
		READ,

		/** It told where to look. */
		LOOKED,

		/** It lies before the cursor: pages requested after it may still continue. */
		BEFORE_CURSOR,

		/** Rows before it are missing: it may continue once they have been read. */
		MISSING_ROWS,

		/** It was not where it had been expected. */
		MISPLACED

	}

	static Transition to(ReadState state, Outcome outcome, ValidatedPage page) {
		return new Transition(state, outcome, page, state.progress(), Emission.EMPTY, null);
	}

	/** Return the rows to emit, in reading order. */
	public List<AuditLog> entries() {
		return this.emission.entries();
	}

	/**
	 * Return whether the page had been expected to continue what was read, and did not.
	 */
	public boolean isMiss() {
		return this.outcome != Outcome.READ && this.outcome != Outcome.LOOKED;
	}

	/** Return whether nothing is left by the total, which the next page has to show. */
	public boolean reachesTotal() {
		return !this.state.isDone() && this.page.end() >= this.page.total();
	}

	/** Return the rows to emit that are dated later than the response that shows them. */
	public List<AuditLog> ahead() {
		List<AuditLog> entries = entries();
		return entries.subList(this.emission.ordinaryRows(this.page, entries.size()), entries.size());
	}

	/** Return how many rows of the page had been read before. */
	public int skipped() {
		Cursor cursor = this.before.cursor();
		if (cursor.count() == 0 || this.outcome == Outcome.LOOKED) {
			return 0;
		}
		long latest = cursor.latest();
		int late = 0;
		while (late < this.emission.size() && this.emission.time(late) <= latest) {
			late++;
		}
		return this.page.indexOf(latest + 1) - late;
	}

	/** Return the position after all of the emission. */
	public Checkpoint position() {
		return this.state.progress().position();
	}

	/** Return the position after the first rows of the emission. */
	public Checkpoint checkpoint(int count) {
		Checkpoint after = position();
		if (count >= this.emission.size()) {
			return after;
		}
		Cursor cursor = this.before.cursor().after(this.page, this.emission, count, this.state.progress().lookback());
		long anchor = (count > 0) ? this.before.anchorFor(this.page, cursor.watermark()) : this.before.anchor();
		return new Checkpoint(cursor, anchor, after.log());
	}

}
