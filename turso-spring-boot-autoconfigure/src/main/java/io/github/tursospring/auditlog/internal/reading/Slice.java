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

	private final int pageSize;

	private final long total;

	private final boolean startsLog;

	private final boolean endsLog;

	private final boolean trimmed;

	private Slice(Order order, List<AuditLog> rows, long[] seconds, long start, int pageSize, long total,
			boolean startsLog, boolean endsLog, boolean trimmed) {
		this.order = order;
		this.rows = rows;
		this.seconds = seconds;
		this.start = start;
		this.pageSize = pageSize;
		this.total = total;
		this.startsLog = startsLog;
		this.endsLog = endsLog;
		this.trimmed = trimmed;
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
		List<AuditLog> rows = answer.rows();
		long total = (answer.totalRows() != null) ? answer.totalRows() : UNKNOWN;
		int pageSize = appliedPageSize(asked, answer, total);
		long start = (asked.page() - 1L) * pageSize;
		if (answer.page() != null && answer.page() != asked.page()) {
			if (total == UNKNOWN || start < total) {
				throw ContractViolation
					.lasting("asked for page " + asked.page() + ", it was answered page " + answer.page());
			}
			start = (answer.page() - 1L) * pageSize;
		}
		if (rows.size() > pageSize) {
			throw ContractViolation
				.lasting("page " + asked.page() + " holds " + rows.size() + " rows where a page has " + pageSize);
		}
		long end = start + rows.size();
		if (total != UNKNOWN && rows.size() < pageSize && end < total) {
			String what = rows.isEmpty() ? "is empty" : "ends after " + rows.size() + " of " + pageSize + " rows";
			throw ContractViolation
				.passing("page " + asked.page() + " " + what + ", before the end of a log of " + total + " rows");
		}
		boolean endsLog = (total != UNKNOWN) ? end >= total : rows.isEmpty() || (start > 0 && rows.size() < pageSize);
		int undated = (start > 0) ? leadingUndated(rows) : 0;
		if (undated > 0 && undated == rows.size()) {
			throw ContractViolation
				.lasting("page " + asked.page() + " has no row with a created_at, so its place cannot be told");
		}
		List<AuditLog> placed = (undated > 0) ? rows.subList(undated, rows.size()) : rows;
		return new Slice(order, placed, seconds(placed, asked), start + undated, pageSize, total, start == 0, endsLog,
				undated > 0);
	}

	private static int appliedPageSize(Window asked, SourcePage answer, long total) {
		int rows = answer.rows().size();
		if (asked.page() == 1 && rows > 0 && rows < asked.size() && rows < total) {
			return rows;
		}
		Integer said = answer.pageSize();
		if (said != null && said > 0) {
			return said;
		}
		boolean perhapsClamped = total == UNKNOWN && asked.page() == 1 && rows > 0 && rows < asked.size();
		return perhapsClamped ? rows : asked.size();
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
			seconds[i] = (undated < seconds.length) ? seconds[undated] : 0;
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
		return (rise == 0) ? this : new Slice(this.order, this.rows, this.seconds, this.start + rise, this.pageSize,
				this.total, this.startsLog, this.endsLog, this.trimmed);
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

	/** Whether reading cannot start any further back than here. */
	boolean atOrigin() {
		return (this.order == Order.DESC) ? this.startsLog : this.endsLog;
	}

	/** Whether there was nothing further to read. */
	boolean atEnd() {
		return (this.order == Order.DESC) ? this.endsLog : this.startsLog;
	}

	/** The first offset past the rows in the order of reading. */
	long next() {
		return (this.order == Order.DESC) ? this.start + this.rows.size() : this.start - 1;
	}

	/** The offset of the topmost row, which may have lost undated rows above it. */
	long start() {
		return this.start;
	}

	/** The rows a page that the server applied. */
	int pageSize() {
		return this.pageSize;
	}

	/** The number of rows in the log, or {@link #UNKNOWN}. */
	long total() {
		return this.total;
	}

	/** Whether rows at the top were left out, as their time could not be told. */
	boolean trimmed() {
		return this.trimmed;
	}

	/** Whether this slice shows the very rows of another one. */
	boolean repeats(Slice other) {
		return !this.rows.isEmpty() && this.rows.equals(other.rows);
	}

	boolean hasOneTime() {
		return !isEmpty() && time(0) == time(size() - 1);
	}

}
