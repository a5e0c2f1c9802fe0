package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.Nullable;

/**
 * Holds back a slice that is not to be trusted before another window has been looked at.
 * One that ends the log by nothing but what the server says of it: the row that would
 * follow is asked for. One that is short where the server may apply no larger pages, so
 * that its rows lie elsewhere, and one that begins with the row that the one before it
 * began with: the log's first page is asked for, whose place is beyond doubt.
 */
final class Doubts {

	/** The largest page that the server was seen to fill. */
	private int proven;

	private @Nullable Window previousWindow;

	private @Nullable Slice previous;

	private @Nullable Doubt doubt;

	/**
	 * Return whether a slice is doubted. Rows move down as others are inserted, so one
	 * can begin like the one before it; but not without growth, unless as many rows were
	 * removed.
	 * @param window the window that was asked for
	 * @param slice what it showed
	 * @param growth by how much the log has grown since the slice before it
	 * @return whether to look at {@link #check()} before anything else
	 */
	boolean raise(Window window, Slice slice, long growth) {
		Slice before = this.previous;
		boolean cut = slice.isShort() && slice.pageSize() > this.proven;
		boolean repeats = before != null && !window.equals(this.previousWindow) && !slice.rows().areOfOneSecond()
				&& slice.start() != before.start() + growth && slice.rows().startLike(before.rows());
		this.previousWindow = window;
		this.previous = slice;
		if (slice.size() == slice.pageSize()) {
			this.proven = Math.max(this.proven, slice.size());
		}
		if (window.page() > 1 && (cut || repeats)) {
			this.doubt = new Doubt(window, slice, new Window(1, window.size()));
		}
		else if (cut || slice.endsByTotal()) {
			Window next = (window.page() == 1) ? new Window(2, slice.size()) : Window.row(slice.end());
			this.doubt = new Doubt(window, slice, next);
		}
		return this.doubt != null;
	}

	/** What to look at, {@code null} if nothing is doubted. */
	@Nullable Window check() {
		return (this.doubt != null) ? this.doubt.check() : null;
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
		if (doubt == null) {
			return null;
		}
		Slice slice = doubt.slice().raised(rise);
		return (doubt.check().page() == 1) ? comparedWithFirst(doubt, slice, seen, plan)
				: comparedWithNext(doubt, slice, seen, plan);
	}

	private @Nullable Slice comparedWithFirst(Doubt doubt, Slice slice, Slice first, WindowPlan plan) {
		if (first.rows().repeat(slice.rows())) {
			throw ContractViolation.lasting("page " + doubt.window().page() + " (of " + doubt.window().size()
					+ " rows) shows the rows of page 1: the server seems to ignore 'page'");
		}
		if (first.size() < doubt.check().size()) {
			plan.limit(first.size());
			return null;
		}
		this.proven = Math.max(this.proven, first.size());
		return slice;
	}

	private @Nullable Slice comparedWithNext(Doubt doubt, Slice slice, Slice next, WindowPlan plan) {
		boolean inserted = !slice.rows().lieAbove(next.rows())
				|| (doubt.window().page() == 1 && slice.rows().areOfOneSecondWith(next.rows()));
		boolean grown = slice.total() != Slice.UNKNOWN && next.total() > slice.total();
		if ((next.isEmpty() && !next.isBlank()) || (grown && inserted)) {
			this.proven = Math.max(this.proven, slice.pageSize());
			return slice.ending(true);
		}
		if (next.isBlank() || slice.rows().lieAbove(next.rows())) {
			if (slice.isShort()) {
				plan.limit(slice.size());
			}
			return slice.ending(false);
		}
		long moved = Math.max(1, slice.size() - Math.max(0, slice.rows().placeOfTop(next.rows())));
		this.doubt = new Doubt(doubt.window(), slice, Window.row(doubt.check().start() + moved));
		return null;
	}

	private record Doubt(Window window, Slice slice, Window check) {
	}

}
