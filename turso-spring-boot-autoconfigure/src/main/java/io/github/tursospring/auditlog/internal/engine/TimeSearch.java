package io.github.tursospring.auditlog.internal.engine;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * Narrows the interval of places in which the first row at or after a time lies:
 * interpolates by time, and bisects where that does not halve the interval.
 *
 * @param time the time
 * @param low the last row known to be before the time
 * @param high the first row known not to be
 * @param density rows for each second, as the last page shows it
 * @param bisects whether to bisect next
 */
record TimeSearch(long time, @Nullable Point low, @Nullable Point high, double density, boolean bisects) {

	/** Small pages may not show the seam at all. */
	private static final int MIN_PAGE_SIZE = 20;

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
		return new TimeSearch(time, null, null, 0, false);
	}

	/** Whether no row can lie between those that were seen. */
	boolean isClosed() {
		return this.low != null && this.high != null && this.high.place - this.low.place <= 1;
	}

	/** Narrow by a page that lies on one side of the seam. */
	TimeSearch narrow(ValidatedPage page, Order order, LogSize before) {
		long span = span(order, before);
		Point newLow = this.low;
		Point newHigh = this.high;
		if (page.isEmpty()) {
			return new TimeSearch(this.time, newLow, newHigh, 0, true);
		}
		if (page.indexOf(this.time) > 0) {
			newLow = Point.of(page, page.size() - 1);
			newHigh = (newHigh != null && newHigh.place <= newLow.place) ? null : newHigh;
		}
		else {
			newHigh = Point.of(page, 0);
			newLow = (newLow != null && newLow.place >= newHigh.place) ? null : newLow;
		}
		TimeSearch next = new TimeSearch(this.time, newLow, newHigh, page.density(), false);
		boolean halved = next.span(order, before) <= span / 2;
		return (halved || this.bisects) ? next : new TimeSearch(this.time, newLow, newHigh, next.density, true);
	}

	private long lowest(Order order, LogSize log) {
		long least = (order == Order.DESC) ? -log.total() : -1;
		return (this.low != null) ? Math.max(this.low.place, least) : least;
	}

	private long highest(Order order, LogSize log) {
		long most = (order == Order.DESC) ? 1 : log.total();
		return (this.high != null) ? Math.min(this.high.place, most) : most;
	}

	private long span(Order order, LogSize log) {
		return highest(order, log) - lowest(order, log);
	}

	/** Return the page to look at next. */
	PageRequest next(ReadSpec spec, LogSize log) {
		int size = Math.min(Math.max(spec.pageSize(), MIN_PAGE_SIZE), log.limit());
		if (!log.isKnown()) {
			return PageRequest.first(size);
		}
		Order order = spec.order();
		long lowest = lowest(order, log);
		long highest = Math.max(highest(order, log), lowest + 1);
		if (highest - lowest < size) {
			long from = Math.max(0, WindowPlanner.offset(order, log, lowest));
			return WindowPlanner.reaching(order, from, size);
		}
		long estimate = this.bisects ? lowest + (highest - lowest) / 2 : estimate(lowest, highest);
		long place = Math.max(lowest + 1, Math.min(estimate, highest - 1));
		return PageRequest.covering(Math.max(0, WindowPlanner.offset(order, log, place)), size);
	}

	private long estimate(long lowest, long highest) {
		double place;
		if (this.low != null && this.high != null) {
			double share = (double) (this.time - this.low.time) / Math.max(1, this.high.time - this.low.time);
			place = lowest + (highest - lowest) * share;
		}
		else if (this.low != null && this.density > 0) {
			place = lowest + (this.time - this.low.time) * this.density;
		}
		else if (this.high != null && this.density > 0) {
			place = highest - (this.high.time - this.time) * this.density;
		}
		else {
			place = lowest + (highest - lowest) / 2.0;
		}
		return (long) place;
	}

}
