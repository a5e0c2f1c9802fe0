package io.github.tursospring.auditlog.internal.engine;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * Narrows the interval of places in which the first row at or after a time lies:
 * interpolates by time, and bisects where that is too slow.
 *
 * @param time the time
 * @param low the last row known to be before the time
 * @param high the first row known not to be
 * @param density rows for each second, as the last page shows it
 * @param streak how many times in a row the low bound has moved; negative for the high
 * bound
 * @param slow how many pages did not halve the interval
 */
record TimeSearch(long time, @Nullable Point low, @Nullable Point high, double density, int streak, int slow) {

	/** Small pages may not show the seam at all. */
	private static final int MIN_PAGE_SIZE = 20;

	/** Where more pages than that did not halve the interval, the log is too uneven. */
	private static final int MAX_SLOW = 4;

	/** The least share of the interval that a page is looked for from its bounds. */
	private static final int MARGIN = 100;

	/**
	 * A row that was seen.
	 *
	 * @param place its place
	 * @param time its time
	 * @param hash the hash of its key
	 */
	record Point(long place, long time, long hash) {

		private static Point of(ValidatedPage page, int index) {
			return new Point(page.place(index), page.time(index), page.key(index).hash());
		}

	}

	static TimeSearch of(long time) {
		return new TimeSearch(time, null, null, 0, 0, 0);
	}

	/** Whether no row can lie between those that were seen. */
	boolean isClosed() {
		return this.low != null && this.high != null && this.high.place - this.low.place <= 1;
	}

	/** Narrow by a page that lies on one side of the seam. */
	TimeSearch narrow(ValidatedPage page, Order order, LogSize log) {
		if (page.isEmpty()) {
			return new TimeSearch(this.time, this.low, this.high, 0, 0, MAX_SLOW + 1);
		}
		Point newLow = this.low;
		Point newHigh = this.high;
		int newStreak;
		if (page.indexOf(this.time) > 0) {
			newLow = Point.of(page, page.size() - 1);
			newHigh = (newHigh != null && newHigh.place <= newLow.place) ? null : newHigh;
			newStreak = Math.max(this.streak, 0) + 1;
		}
		else {
			newHigh = Point.of(page, 0);
			newLow = (newLow != null && newLow.place >= newHigh.place) ? null : newLow;
			newStreak = Math.min(this.streak, 0) - 1;
		}
		boolean halved = span(newLow, newHigh, order, log) <= span(this.low, this.high, order, log) / 2;
		return new TimeSearch(this.time, newLow, newHigh, page.density(), newStreak,
				halved ? this.slow : this.slow + 1);
	}

	private static long lowest(@Nullable Point low, Order order, LogSize log) {
		long least = (order == Order.DESC) ? -log.total() : -1;
		return (low != null) ? Math.max(low.place, least) : least;
	}

	private static long highest(@Nullable Point high, Order order, LogSize log) {
		long most = (order == Order.DESC) ? 1 : log.total();
		return (high != null) ? Math.min(high.place, most) : most;
	}

	private static long span(@Nullable Point low, @Nullable Point high, Order order, LogSize log) {
		return highest(high, order, log) - lowest(low, order, log);
	}

	/** Return the page to look at next. */
	PageRequest next(ReadSpec spec, LogSize log) {
		int size = Math.min(Math.max(spec.pageSize(), MIN_PAGE_SIZE), log.limit());
		if (!log.isKnown()) {
			return PageRequest.first(size);
		}
		Order order = spec.order();
		long lowest = lowest(this.low, order, log);
		long highest = Math.max(highest(this.high, order, log), lowest + 1);
		if (highest - lowest < size) {
			long from = Math.max(0, WindowPlanner.offset(order, log, lowest));
			return WindowPlanner.reaching(order, from, size);
		}
		long place = (this.slow <= MAX_SLOW) ? estimate(lowest, highest) : middle(lowest, highest);
		return PageRequest.covering(Math.max(0, WindowPlanner.offset(order, log, place)), size);
	}

	private static long middle(long lowest, long highest) {
		return lowest + (highest - lowest) / 2;
	}

	private long estimate(long lowest, long highest) {
		long estimate = (this.low != null && this.high != null) ? between(this.low, this.high, lowest, highest)
				: beyond(lowest, highest);
		return Math.max(lowest + 1, Math.min(estimate, highest - 1));
	}

	/**
	 * Interpolate between the rows that were seen. A bound that has stayed where it is
	 * for long counts less each time, so that the next page lies beyond the seam.
	 */
	private long between(Point below, Point above, long lowest, long highest) {
		double weight = Math.pow(0.5, Math.max(0, Math.abs(this.streak) - 1));
		double toLow = (this.time - below.time) * ((this.streak < 0) ? weight : 1);
		double toHigh = Math.max(1, above.time - this.time) * ((this.streak > 0) ? weight : 1);
		long margin = (highest - lowest) / MARGIN;
		long place = lowest + (long) ((highest - lowest) * toLow / (toLow + toHigh));
		return Math.max(lowest + margin, Math.min(place, highest - margin));
	}

	/**
	 * Go on from the only row that was seen by the density of the last page, unless that
	 * leads far out of the log: there are more rows an hour by day than in a week.
	 */
	private long beyond(long lowest, long highest) {
		double place = middle(lowest, highest);
		if (this.low != null) {
			place = lowest + (this.time - this.low.time) * this.density;
		}
		else if (this.high != null) {
			place = highest - (this.high.time - this.time) * this.density;
		}
		double margin = (highest - lowest) / 10.0;
		return (place >= lowest - margin && place <= highest + margin) ? (long) place : middle(lowest, highest);
	}

}
