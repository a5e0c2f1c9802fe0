package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.Nullable;

/**
 * Holds back a slice that is not to be trusted before another window has been looked at:
 * <ul>
 * <li>one that ends the log by nothing but what the server says of it: the row that would
 * follow is asked for;</li>
 * <li>one that is short where the server may apply no larger pages, so that its rows lie
 * elsewhere, and one that begins with the row that the one before it began with: the
 * log's first page is asked for, whose place is beyond doubt;</li>
 * <li>one that begins with a newer row than another one above it, or an older row than
 * another one below it: the upper one is asked for again, and can only show newer rows
 * now, as rows move down.</li>
 * </ul>
 * Each of these happens in a log that moves, too: that is told from a server that
 * misbehaves by what the other window shows.
 */
final class Doubts {

	private static final int MAX_DISORDERED = 3;

	/** The largest page that the server was seen to fill. */
	private int proven;

	private @Nullable Look previous;

	private @Nullable Doubt doubt;

	private int disordered;

	/**
	 * Return whether a slice is doubted.
	 * @param window the window that was asked for
	 * @param slice what it showed
	 * @param growth by how much the log has grown since the slice before it
	 * @return whether to look at {@link #check()} before anything else
	 */
	boolean raise(Window window, Slice slice, long growth) {
		Look before = (this.previous != null) ? this.previous.raised(growth) : null;
		if (slice.size() == slice.pageSize()) {
			this.proven = Math.max(this.proven, slice.size());
		}
		if (before != null && before.slice().total() == slice.total() && contradict(before.slice(), slice)) {
			this.previous = before;
			boolean below = slice.origin() > before.slice().origin();
			this.doubt = new Doubt(Reason.DISORDERED, window, slice, below ? before.window() : window);
			return true;
		}
		this.disordered = 0;
		this.previous = new Look(window, slice);
		boolean cut = slice.isShort() && slice.pageSize() > this.proven;
		boolean repeats = before != null && !window.equals(before.window()) && repeats(before.slice(), slice);
		if (window.page() > 1 && (cut || repeats)) {
			this.doubt = new Doubt(Reason.MISPLACED, window, slice, new Window(1, window.size()));
		}
		else if (cut || slice.endsByTotal()) {
			Window next = (window.page() == 1) ? new Window(2, slice.size()) : Window.row(slice.end());
			this.doubt = new Doubt(Reason.ENDING, window, slice, next);
		}
		return this.doubt != null;
	}

	/**
	 * Rows move down as others are inserted, so one page can begin like the one before
	 * it; but not without growth, unless as many rows were removed.
	 */
	private static boolean repeats(Slice before, Slice slice) {
		return slice.start() != before.start() && !slice.rows().areOfOneSecond()
				&& slice.rows().startLike(before.rows());
	}

	private static boolean contradict(Slice one, Slice other) {
		if (one.isEmpty() || other.isEmpty()) {
			return false;
		}
		int further = Long.compare(other.origin(), one.origin());
		int older = Long.compare(one.rows().second(0), other.rows().second(0));
		return further * older < 0;
	}

	/** What to look at, {@code null} if nothing is doubted. */
	@Nullable Window check() {
		return (this.doubt != null) ? this.doubt.check() : null;
	}

	/** Whether there is nothing to look at, going by what the server says. */
	boolean isPastEnd() {
		return this.doubt != null && this.doubt.reason() == Reason.ENDING && this.doubt.slice().endsByTotal();
	}

	/**
	 * Take what the window to look at has shown.
	 * @param seen what it showed
	 * @param rise by how much the log has grown since the window before it
	 * @param plan told of the largest page that the server applies
	 * @return the slice that was doubted, to be trusted now, or {@code null} if it is not
	 */
	@Nullable Slice settle(Slice seen, long rise, WindowPlan plan) {
		Doubt doubt = this.doubt;
		this.doubt = null;
		Look before = this.previous;
		if (doubt == null || before == null) {
			return null;
		}
		Slice slice = doubt.slice().raised(rise);
		return switch (doubt.reason()) {
			case DISORDERED -> comparedWithLower(doubt, slice, seen, before);
			case MISPLACED -> comparedWithFirst(doubt, slice, seen, plan);
			case ENDING -> comparedWithNext(doubt, slice, seen, plan);
		};
	}

	private @Nullable Slice comparedWithLower(Doubt doubt, Slice slice, Slice upper, Look before) {
		boolean below = slice.origin() > before.slice().origin();
		if (!contradict(upper, below ? slice : before.slice())) {
			this.disordered = 0;
			Slice trusted = below ? slice : upper;
			this.previous = new Look(doubt.window(), trusted);
			return trusted;
		}
		if (++this.disordered == MAX_DISORDERED) {
			throw ContractViolation.lasting((below ? doubt.window() : before.window())
					+ " begins with a newer row than " + doubt.check() + ": the pages are not in order, newest first");
		}
		return null;
	}

	private @Nullable Slice comparedWithFirst(Doubt doubt, Slice slice, Slice first, WindowPlan plan) {
		if (first.rows().repeat(slice.rows())) {
			throw ContractViolation
				.lasting(doubt.window() + " shows the rows of page 1: the server seems to ignore 'page'");
		}
		if (first.size() < doubt.check().size()) {
			plan.limit(first.size());
			return null;
		}
		this.proven = Math.max(this.proven, first.size());
		return slice;
	}

	private @Nullable Slice comparedWithNext(Doubt doubt, Slice slice, Slice next, WindowPlan plan) {
		boolean below = slice.rows().lieAbove(next.rows());
		boolean ofOneSecond = doubt.window().page() == 1 && slice.rows().areOfOneSecondWith(next.rows());
		boolean grown = slice.total() != Slice.UNKNOWN && next.total() > slice.total();
		if ((next.isEmpty() && !next.isBlank()) || (grown && (ofOneSecond || !below))) {
			this.proven = Math.max(this.proven, slice.pageSize());
			return slice.ending(true);
		}
		if (next.isBlank() || below) {
			if (slice.isShort()) {
				plan.limit(slice.size());
			}
			return slice.ending(false);
		}
		long moved = Math.max(1, slice.size() - Math.max(0, slice.rows().placeOfTop(next.rows())));
		this.doubt = new Doubt(Reason.ENDING, doubt.window(), slice, Window.row(doubt.check().start() + moved));
		return null;
	}

	private enum Reason {

		ENDING, MISPLACED, DISORDERED

	}

	private record Look(Window window, Slice slice) {

		private Look raised(long growth) {
			return new Look(this.window, this.slice.raised(growth));
		}

	}

	private record Doubt(Reason reason, Window window, Slice slice, Window check) {
	}

}
