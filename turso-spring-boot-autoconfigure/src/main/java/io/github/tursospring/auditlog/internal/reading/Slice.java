package io.github.tursospring.auditlog.internal.reading;

import java.util.List;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.http.SourcePage;

/**
 * What a window showed: rows at known offsets, checked against the API's contract, seen
 * in the order of reading.
 * <p>
 * A row's <em>time</em> grows in the order of reading: its second read oldest first, the
 * negated second read newest first.
 */
final class Slice {

	/** Stands for a total that the server did not say. */
	static final long UNKNOWN = -1;

	private final Order order;

	private final Rows rows;

	private final long start;

	private final boolean trimmed;

	private final Placement placement;

	private Slice(Order order, Rows rows, long start, boolean trimmed, Placement placement) {
		this.order = order;
		this.rows = rows;
		this.start = start;
		this.trimmed = trimmed;
		this.placement = placement;
	}

	/**
	 * Return what a page shows.
	 * @param order the order of reading
	 * @param asked the window that was asked for
	 * @param answer the page that was answered
	 * @return the slice
	 * @throws ContractViolation if the page cannot be that window of a log
	 */
	static Slice of(Order order, Window asked, SourcePage answer) {
		Placement placement = Placement.of(asked, answer);
		List<AuditLog> rows = answer.rows().subList(0, placement.rows());
		int unplaced = (placement.start() > 0) ? Rows.undatedAtTop(rows) : 0;
		List<AuditLog> placed = (unplaced > 0) ? rows.subList(unplaced, rows.size()) : rows;
		return new Slice(order, Rows.of(placed, asked.page()), placement.start() + unplaced, unplaced > 0, placement);
	}

	/**
	 * Return the second as a time that grows in the order of reading.
	 * @param order the order of reading
	 * @param second the epoch second
	 * @return the time
	 */
	static long time(Order order, long second) {
		return (order == Order.DESC) ? -second : second;
	}

	/**
	 * Return this slice at the offsets that its rows have after others were inserted.
	 * @param rise how many were inserted
	 * @return the slice
	 */
	Slice raised(long rise) {
		return (rise == 0) ? this : new Slice(this.order, this.rows, this.start + rise, this.trimmed, this.placement);
	}

	int size() {
		return this.rows.size();
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	AuditLog row(int index) {
		return this.rows.row(place(index));
	}

	long time(int index) {
		return time(this.order, this.rows.second(place(index)));
	}

	long offset(int index) {
		return this.start + place(index);
	}

	private int place(int index) {
		return (this.order == Order.DESC) ? index : this.rows.size() - 1 - index;
	}

	/**
	 * Return the index of the first row at or after a time.
	 * @param time the time
	 * @return the index, {@link #size()} if all rows are before it
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

	/**
	 * Return the index of the last row before a time, one that says its own if there is
	 * any.
	 * @param time the time
	 * @return the index, -1 if no row is before the time
	 */
	int lastBefore(long time) {
		int last = indexOf(time) - 1;
		while (last > 0 && row(last).createdAt() == null) {
			last--;
		}
		return last;
	}

	/** Whether reading cannot start any further back than here. */
	boolean atOrigin() {
		return (this.order == Order.DESC) ? startsLog() : this.placement.endsLog();
	}

	/** Whether there was nothing further to read. */
	boolean atEnd() {
		return (this.order == Order.DESC) ? this.placement.endsLog() : startsLog();
	}

	private boolean startsLog() {
		return this.placement.start() == 0;
	}

	/** The first offset past the rows in the order of reading. */
	long next() {
		return (this.order == Order.DESC) ? end() : this.start - 1;
	}

	/** The offset of the topmost row, which may have lost undated rows above it. */
	long start() {
		return this.start;
	}

	/** Where the topmost row was when the window was answered. */
	long origin() {
		return this.placement.start() + this.placement.rows() - this.rows.size();
	}

	/** The rows a page that the server applied. */
	int pageSize() {
		return this.placement.pageSize();
	}

	/** The number of rows in the log, or {@link #UNKNOWN}. */
	long total() {
		return this.placement.total();
	}

	/** Whether the page is short, and nothing says why. */
	boolean isShort() {
		return this.placement.cut();
	}

	/** Whether the log ends here by nothing but its total. */
	boolean endsByTotal() {
		return !this.placement.endsLog() && this.placement.endsByTotal();
	}

	/**
	 * The rows, newest first.
	 */
	Rows rows() {
		return this.rows;
	}

	/** The offset past the bottommost row. */
	long end() {
		return this.start + this.rows.size();
	}

	/** Whether rows at the top were left out, as their time could not be told. */
	boolean trimmed() {
		return this.trimmed;
	}

	/** Whether there were rows, none of whose times could be told. */
	boolean isBlank() {
		return this.trimmed && this.rows.isEmpty();
	}

	/**
	 * Return this slice, known to end the log or not to.
	 * @param last whether it ends it
	 * @return the slice
	 */
	Slice ending(boolean last) {
		return new Slice(this.order, this.rows, this.start, this.trimmed, this.placement.ending(last));
	}

}
