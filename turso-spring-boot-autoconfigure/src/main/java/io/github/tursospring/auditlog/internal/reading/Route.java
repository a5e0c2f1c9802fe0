package io.github.tursospring.auditlog.internal.reading;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * Where a walk leads, and how it goes there.
 *
 * @param order the order of reading
 * @param from where it starts
 * @param extent where it ends
 * @param head what to ask for first, {@code null} to start reading at once
 * @param pageSize the page size to ask for
 * @param wanted how many rows are wanted in all, 0 for as many as there are: one window
 * is then made large enough for them
 * @param concurrency how many windows are looked at at a time
 * @param lookback how far behind the latest row late ones are still looked for
 * @param polling whether reading had come to the head of the log before
 */
record Route(Order order, Position from, Extent extent, @Nullable Head head, int pageSize, int wanted, int concurrency,
		Lookback lookback, boolean polling) {

	/**
	 * Return the route of a stream: what was in the log when its first page was answered.
	 * @param query what to read
	 * @param from where to go on, or {@code null} to start at the beginning
	 * @param pageSize the page size to ask for
	 * @param concurrency how many windows to look at at a time
	 * @return the route
	 */
	static Route ofStream(AuditLogQuery query, @Nullable Position from, int pageSize, int concurrency) {
		Order order = orderOf(query);
		Head head = (order == Order.ASC) ? new Head(pageSize, true) : headOf(query, from);
		return new Route(order, (from != null) ? from : start(query, order), extent(query, order), head, pageSize, 0,
				concurrency, Lookback.NONE, false);
	}

	/**
	 * Return the route of a single page of entries.
	 * @param query what to read
	 * @param from where to go on, or {@code null} to start at the beginning
	 * @param pageSize how many entries the page is to hold
	 * @return the route
	 */
	static Route ofPage(AuditLogQuery query, @Nullable Position from, int pageSize) {
		Order order = orderOf(query);
		Head head = (order == Order.ASC && from == null) ? Head.DIRECTION : headOf(query, from);
		return new Route(order, (from != null) ? from : start(query, order), extent(query, order), head, pageSize,
				pageSize, 1, Lookback.NONE, false);
	}

	/**
	 * Return the route of a follow up to the head of the log.
	 * @param query what to follow
	 * @param from where to go on, or {@code null} to start at the beginning
	 * @param pageSize the page size to ask for
	 * @param lookback how many seconds behind the latest row to look for late ones
	 * @param polling whether it has been at the head before
	 * @return the route
	 */
	static Route ofFollow(AuditLogQuery query, @Nullable Position from, int pageSize, long lookback, boolean polling) {
		return new Route(Order.ASC, (from != null) ? from : start(query, Order.ASC), Extent.ALL,
				polling ? null : Head.LENGTH, pageSize, 0, 1, new Lookback(lookback, Long.MIN_VALUE), polling);
	}

	static Order orderOf(AuditLogQuery query) {
		return (query.order() != null) ? query.order() : Order.DESC;
	}

	private static @Nullable Head headOf(AuditLogQuery query, @Nullable Position from) {
		return (from == null && query.endTime() != null) ? Head.LENGTH : null;
	}

	private static Position start(AuditLogQuery query, Order order) {
		Instant start = (order == Order.DESC) ? lastInstant(query) : query.startTime();
		return Position
			.at((start != null) ? Boundary.before(Slice.time(order, start.getEpochSecond())) : Boundary.ORIGIN);
	}

	private static Extent extent(AuditLogQuery query, Order order) {
		Instant end = (order == Order.DESC) ? query.startTime() : lastInstant(query);
		return (end != null) ? Extent.upTo(Slice.time(order, end.getEpochSecond())) : Extent.ALL;
	}

	private static @Nullable Instant lastInstant(AuditLogQuery query) {
		Instant end = query.endTime();
		return (end != null && end.isAfter(Instant.MIN)) ? end.minusNanos(1) : end;
	}

}
