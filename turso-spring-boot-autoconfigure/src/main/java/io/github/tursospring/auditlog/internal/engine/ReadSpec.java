package io.github.tursospring.auditlog.internal.engine;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * What to read, and how.
 *
 * @param mode what is read for
 * @param order the order of reading
 * @param start where reading starts
 * @param resumed whether it starts at a token
 * @param end where reading ends
 * @param pageSize rows a page
 * @param concurrency how many pages are requested at a time
 * @param lookback how many seconds behind its latest row a follow looks for late rows
 */
public record ReadSpec(Mode mode, Order order, Checkpoint start, boolean resumed, RangeEnd end, int pageSize,
		int concurrency, long lookback) {

	/**
	 * What is read for.
	 */
	public enum Mode {

		/** All rows that are in the log when the first page is answered. */
		STREAM,

		/** One page of rows. */
		PAGE,

		/** One row: no page is requested ahead. */
		FIND,

		/** All rows up to the head of the log. */
		FOLLOW,

		/** All rows up to the head of the log, where there are few. */
		POLL

	}

	/**
	 * Return the specification of a query.
	 * @param from where to resume, {@code null} to start at the beginning
	 */
	public static ReadSpec of(Mode mode, AuditLogQuery query, @Nullable Checkpoint from, int pageSize,
			int concurrency) {
		Order order = orderOf(query);
		Instant end = (order == Order.DESC) ? query.startTime() : lastInstant(query);
		RangeEnd rangeEnd = (end != null) ? RangeEnd.after(ValidatedPage.time(order, end.getEpochSecond()))
				: RangeEnd.NONE;
		return new ReadSpec(mode, order, (from != null) ? from : start(query, order), from != null, rangeEnd, pageSize,
				concurrency, 0);
	}

	/**
	 * Return the specification of one round of a follow, up to the head of the log.
	 * @param from where to resume, {@code null} to start at the query's start time
	 * @param lookback how many seconds behind the latest row to look for late rows
	 */
	public static ReadSpec ofFollow(AuditLogQuery query, @Nullable Checkpoint from, boolean polling, int pageSize,
			long lookback) {
		return new ReadSpec(polling ? Mode.POLL : Mode.FOLLOW, Order.ASC,
				(from != null) ? from : start(query, Order.ASC), from != null, RangeEnd.NONE, pageSize, 1, lookback);
	}

	/** Return the order of a query. */
	public static Order orderOf(AuditLogQuery query) {
		return (query.order() != null) ? query.order() : Order.DESC;
	}

	private static Checkpoint start(AuditLogQuery query, Order order) {
		Instant start = (order == Order.DESC) ? lastInstant(query) : query.startTime();
		Cursor cursor = (start != null) ? Cursor.before(ValidatedPage.time(order, start.getEpochSecond()))
				: Cursor.ORIGIN;
		return new Checkpoint(cursor, Checkpoint.NO_ANCHOR, LogSize.UNKNOWN);
	}

	private static @Nullable Instant lastInstant(AuditLogQuery query) {
		Instant end = query.endTime();
		return (end != null && end.isAfter(Instant.MIN)) ? end.minusNanos(1) : end;
	}

	/** Whether pages are requested ahead of the one that is being read. */
	public boolean prefetches() {
		return this.mode == Mode.STREAM || this.mode == Mode.FOLLOW;
	}

	/** Whether reading goes on at the head of the log. */
	boolean follows() {
		return this.mode == Mode.FOLLOW || this.mode == Mode.POLL;
	}

	/**
	 * The page size where pages overlap: a little more, so that alignment costs nothing.
	 */
	int overlappingPageSize() {
		return Math.min(this.pageSize + this.pageSize * 3 / 20, PageRequest.MAX_PAGE_SIZE);
	}

}
