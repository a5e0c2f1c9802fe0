package io.github.tursospring.auditlog.internal.engine;

import java.util.List;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * A page that keeps the contract, seen in reading order: index 0 is the row that is read
 * first.
 * <p>
 * A row's <em>time</em> and its <em>place</em> grow in reading order: the second and the
 * rank when reading oldest first, both negated when reading newest first. Inserts at the
 * head of the log change neither.
 */
public final class ValidatedPage {

	static final long NOW_UNKNOWN = Long.MAX_VALUE;

	/** Clocks that differ by less are taken for the same. */
	private static final long CLOCK_TOLERANCE = 60;

	private final Order order;

	private final PageRequest request;

	private final List<AuditLog> rows;

	private final long[] seconds;

	private final int appliedPageSize;

	private final long reportedTotal;

	private final long total;

	private final long now;

	/**
	 * Create a new page.
	 * @param seconds the epoch seconds of the rows
	 * @param reportedTotal the total that the server reported, -1 if it is not known
	 */
	ValidatedPage(Order order, PageRequest request, List<AuditLog> rows, long[] seconds, int appliedPageSize,
			long reportedTotal, long now) {
		this.order = order;
		this.request = request;
		this.rows = rows;
		this.seconds = seconds;
		this.appliedPageSize = appliedPageSize;
		this.reportedTotal = reportedTotal;
		this.now = now;
		long shown = rows.isEmpty() ? 0 : applied().start() + rows.size();
		this.total = (reportedTotal < 0) ? reportedTotal : Math.max(reportedTotal, shown);
	}

	/**
	 * Return a second as a time in reading order.
	 * @param second the epoch second
	 */
	static long time(Order order, long second) {
		return (order == Order.DESC) ? -second : second;
	}

	PageRequest request() {
		return this.request;
	}

	/** The page as the server applied it: a capped page lies further up. */
	PageRequest applied() {
		return new PageRequest(this.request.page(), this.appliedPageSize);
	}

	int appliedPageSize() {
		return this.appliedPageSize;
	}

	/**
	 * Return the number of rows in the log, which is no less than the page shows.
	 * @return the total, or -1 where the page is missing
	 */
	public long total() {
		return this.total;
	}

	int size() {
		return this.rows.size();
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	AuditLog row(int index) {
		return this.rows.get(position(index));
	}

	long time(int index) {
		return time(this.order, this.seconds[position(index)]);
	}

	long second(int index) {
		return this.seconds[position(index)];
	}

	EntryKey key(int index) {
		return EntryKey.of(row(index), time(index));
	}

	/** The time at which the page was answered, the end of time if it is not known. */
	long now() {
		return this.now;
	}

	/**
	 * Return whether a row is dated ahead: later than the page was answered, by more than
	 * clocks differ. Rows that are created after it come before it in reading order.
	 */
	boolean isAhead(long time) {
		return time - CLOCK_TOLERANCE > this.now;
	}

	/** How many rows come before those that are dated ahead. */
	int sizeWithoutAhead() {
		int size = size();
		while (size > 0 && isAhead(time(size - 1))) {
			size--;
		}
		return size;
	}

	/** The row's place in the log. */
	long place(int index) {
		long rank = this.total - 1 - start() - position(index);
		return (this.order == Order.DESC) ? -rank : rank;
	}

	private int position(int index) {
		return (this.order == Order.DESC) ? index : this.rows.size() - 1 - index;
	}

	/** The offset of the newest row. */
	long start() {
		return applied().start();
	}

	/** The first offset past the oldest row. */
	long end() {
		return start() + this.rows.size();
	}

	/**
	 * The index of the first row at or after a time, {@link #size()} if there is none.
	 */
	int indexOf(long time) {
		int low = 0;
		int high = size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (time(middle) < time) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/** The index of the last row of a key, -1 if there is none. */
	int lastIndexOf(EntryKey key) {
		int index = indexOf(key.time() + 1) - 1;
		while (index >= 0 && !key(index).equals(key)) {
			index = (time(index) == key.time()) ? index - 1 : -1;
		}
		return index;
	}

	Order order() {
		return this.order;
	}

	/** Whether no row can come before the first one in reading order. */
	boolean startsReading() {
		return (this.order == Order.DESC) ? startsLog() : endsLog();
	}

	/** Whether no row can come after the last one in reading order. */
	boolean endsReading() {
		return (this.order == Order.DESC) ? endsLog() : startsLog();
	}

	boolean startsLog() {
		return start() == 0;
	}

	/** The log ends with a page that is not full: a total alone is not relied on. */
	private boolean endsLog() {
		return this.rows.size() < this.appliedPageSize;
	}

	/** How many rows there are for each second; of a page with rows. */
	double density() {
		return size() / (double) Math.max(1, time(size() - 1) - time(0));
	}

	long newestSecond() {
		return this.seconds[0];
	}

	long oldestSecond() {
		return this.seconds[this.seconds.length - 1];
	}

	/**
	 * Return whether this page and another cannot be of one moment: the one further down
	 * begins with a newer row than the other ends with, and the log has not grown.
	 */
	boolean contradicts(ValidatedPage other) {
		if (isEmpty() || other.isEmpty() || this.reportedTotal != other.reportedTotal) {
			return false;
		}
		boolean below = start() >= other.end();
		boolean above = end() <= other.start();
		return (below && newestSecond() > other.oldestSecond()) || (above && other.newestSecond() > oldestSecond());
	}

}
