package io.github.tursospring.auditlog.internal.reading;

import java.time.Instant;
import java.util.List;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.page.SourcePage;

/**
 * What a window showed: rows at known offsets, checked against the API's contract, seen
 * in the order of reading.
 * <p>
 * A row's <em>time</em> grows in the order of reading: its second read oldest first, the
 * negated second read newest first. A row without a time takes that of the row above it.
 */
final class Slice {

	/** Stands for a total that the server did not say. */
	static final long UNKNOWN = -1;

	private final Order order;

	private final List<AuditLog> rows;

	private final long[] seconds;

	private final long start;

	private final boolean trimmed;

	private final Placement placement;

	private Slice(Order order, List<AuditLog> rows, long[] seconds, long start, boolean trimmed, Placement placement) {
		this.order = order;
		this.rows = rows;
		this.seconds = seconds;
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
		int undated = (placement.start() > 0) ? leadingUndated(rows) : 0;
		List<AuditLog> placed = (undated > 0) ? rows.subList(undated, rows.size()) : rows;
		return new Slice(order, placed, seconds(placed, asked), placement.start() + undated, undated > 0, placement);
	}

	private static int leadingUndated(List<AuditLog> rows) {
		int undated = 0;
		while (undated < rows.size() && rows.get(undated).createdAt() == null) {
			undated++;
		}
		return undated;
	}

	private static long[] seconds(List<AuditLog> rows, Window asked) {
		long[] seconds = new long[rows.size()];
		int undated = leadingUndated(rows);
		long above = Long.MAX_VALUE;
		for (int i = undated; i < seconds.length; i++) {
			Instant createdAt = rows.get(i).createdAt();
			long second = (createdAt != null) ? createdAt.getEpochSecond() : above;
			if (second > above) {
				throw ContractViolation.lasting("page " + asked.page() + " is not in order, newest first: row "
						+ (i + 1) + " (" + createdAt + ") is newer than the row above it");
			}
			above = second;
			seconds[i] = second;
		}
		for (int i = 0; i < undated; i++) {
			seconds[i] = (undated < seconds.length) ? seconds[undated] : Long.MAX_VALUE;
		}
		return seconds;
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
		return (rise == 0) ? this
				: new Slice(this.order, this.rows, this.seconds, this.start + rise, this.trimmed, this.placement);
	}

	int size() {
		return this.rows.size();
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	AuditLog row(int index) {
		return this.rows.get(place(index));
	}

	long time(int index) {
		return time(this.order, this.seconds[place(index)]);
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
		return new Slice(this.order, this.rows, this.seconds, this.start, this.trimmed, this.placement.ending(last));
	}

	/** Whether the topmost row is that of another slice. */
	boolean startsLike(Slice other) {
		return placeOf(other) == 0;
	}

	/**
	 * The place, from the top, of the topmost row of another slice, -1 if it has none.
	 */
	int placeOf(Slice other) {
		return other.isEmpty() ? -1 : this.rows.lastIndexOf(other.rows.get(0));
	}

	/** Whether the topmost row of another slice lies below the rows of this one. */
	boolean liesAbove(Slice other) {
		if (other.isEmpty()) {
			return false;
		}
		long below = other.seconds[0];
		long bottom = this.seconds[this.seconds.length - 1];
		return below < bottom || (below == bottom && placeOf(other) < 0);
	}

	/** Whether all rows are of the second of the topmost row of another slice. */
	boolean isOfOneSecondWith(Slice other) {
		return hasOneTime() && !other.isEmpty() && other.seconds[0] == this.seconds[0];
	}

	/** Whether the rows are just those of another slice. */
	boolean repeats(Slice other) {
		return this.rows.equals(other.rows);
	}

	boolean hasOneTime() {
		return !isEmpty() && time(0) == time(size() - 1);
	}

}
