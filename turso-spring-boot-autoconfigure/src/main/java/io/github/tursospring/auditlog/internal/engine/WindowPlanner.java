package io.github.tursospring.auditlog.internal.engine;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.engine.ReadSpec.Mode;

/**
 * Plans which page to request, by ranks. Pages lie on multiples of their size, so a page
 * that has to cover an offset is found by choosing its size.
 */
final class WindowPlanner {

	private static final int ENLARGEMENT = 4;

	/** How many new rows a poll has room for without a second request. */
	private static final int POLL_ROOM = 10;

	/** A page that makes up for one that did not fit has room for what may have moved. */
	private static final int MIN_RETRY_SIZE = 20;

	private static final int RETRY_GROWTHS = 4;

	private WindowPlanner() {
	}

	/** The offset of a place, by the last total. */
	static long offset(Order order, LogSize log, long place) {
		return log.total() - 1 - ((order == Order.DESC) ? -place : place);
	}

	/**
	 * Plan the page that covers the last row before the watermark and reaches past what
	 * has been emitted.
	 * @return the request, {@code null} where no page shows both
	 */
	static @Nullable PageRequest seam(Progress progress, ReadSpec spec, int misses) {
		LogSize log = progress.log();
		long anchor = offset(spec.order(), log, progress.anchor());
		int size = (int) Math.min(
				Math.max(spec.overlappingPageSize(), (misses > 0) ? MIN_RETRY_SIZE + RETRY_GROWTHS * log.growth() : 0),
				log.limit());
		long slack = slack(spec, log, misses, size);
		PageRequest request = (slack != 0) ? covering(progress, spec, anchor, slack, size) : null;
		return (request != null) ? request : covering(progress, spec, anchor, 0, size);
	}

	/**
	 * How much further down a page is looked for: inserts push rows down before the
	 * response. Newest first they only repeat rows, unless there are many.
	 */
	private static long slack(ReadSpec spec, LogSize log, int misses, int size) {
		if (spec.order() == Order.DESC) {
			return (misses > 1) ? log.growth() : 0;
		}
		long inFlight = Math.max(spec.concurrency(), 2);
		long missed = (misses > 1) ? (log.growth() + 1) << Math.min(misses - 1, 20) : 0;
		return Math.min(log.growth() * inFlight, size / 2) + missed;
	}

	private static @Nullable PageRequest covering(Progress progress, ReadSpec spec, long anchor, long slack,
			int firstSize) {
		Order order = spec.order();
		LogSize log = progress.log();
		long count = progress.cursor().count();
		int ahead = progress.cursor().aheadCount();
		long most = (order == Order.DESC) ? Long.MAX_VALUE : log.total() + log.growth();
		long from = Math.max(0, Math.min(anchor + slack, most));
		int limit = log.limit();
		if (spec.mode() == Mode.POLL && from + POLL_ROOM < limit) {
			return PageRequest.first((int) from + 1 + POLL_ROOM);
		}
		if (spec.mode() == Mode.PAGE) {
			PageRequest wanted = covering(order, from, slack + count + ahead + spec.pageSize(), limit);
			if (wanted != null) {
				return wanted;
			}
		}
		int size = firstSize;
		while (true) {
			PageRequest request = reaching(order, from, size);
			long unread = (order == Order.DESC) ? request.end() - (Math.max(0, anchor + 1) + count)
					: anchor - count - Math.max(request.start(), ahead);
			boolean toHead = order == Order.ASC && request.start() == 0;
			if (unread >= Math.max(1, size / ENLARGEMENT) || toHead || (size == limit && unread >= 1)) {
				return request;
			}
			if (size == limit) {
				return null;
			}
			size = Math.min(size * ENLARGEMENT, limit);
		}
	}

	/**
	 * Plan the page after another one, while that is still under way.
	 * @return the request, {@code null} where nothing is known to be there
	 */
	static @Nullable PageRequest after(Progress progress, ReadSpec spec, PageRequest request, boolean adjoining) {
		LogSize log = progress.log();
		int size = Math.min(spec.overlappingPageSize(), log.limit());
		if (!log.isKnown() || request.pageSize() > Math.max(size, spec.pageSize())) {
			return null;
		}
		long margin = Math.min(Math.max(1, progress.seamRows()), size / 2);
		if (spec.order() == Order.DESC) {
			long from = adjoining ? request.end() : request.end() - 1 - margin;
			PageRequest next = adjoining ? PageRequest.covering(from, request.pageSize())
					: reaching(spec.order(), Math.max(0, from), size);
			return (request.end() < log.total() && next.end() > request.end()) ? next : null;
		}
		PageRequest next = reaching(spec.order(), request.start() + margin + log.growth(), size);
		return (request.start() > 0 && next.start() < request.start()) ? next : null;
	}

	/**
	 * The page of at most this size that covers an offset and, with the page after it,
	 * reaches furthest: a page that ends where a large one starts is worth more.
	 */
	static PageRequest reaching(Order order, long offset, int maxSize) {
		if (order == Order.ASC && offset < maxSize) {
			return PageRequest.first((int) offset + 1);
		}
		PageRequest best = PageRequest.covering(offset, maxSize);
		long furthest = Long.MIN_VALUE;
		for (int size = maxSize; size > maxSize / 2; size--) {
			PageRequest request = PageRequest.covering(offset, size);
			long reach = reachOfTwo(order, request, maxSize, furthest);
			if (reach > furthest) {
				furthest = reach;
				best = request;
			}
		}
		return best;
	}

	/** How far a page and the one after it reach, unless it is no further than that. */
	private static long reachOfTwo(Order order, PageRequest request, int maxSize, long furthest) {
		long reach = reach(order, request);
		boolean further = furthest == Long.MIN_VALUE || reach + reach + maxSize > furthest;
		return further ? reach + furthestAfter(order, request, maxSize) : furthest;
	}

	private static long reach(Order order, PageRequest request) {
		return (order == Order.DESC) ? request.end() : -request.start();
	}

	private static long furthestAfter(Order order, PageRequest request, int maxSize) {
		long offset = (order == Order.DESC) ? request.end() - 2 : request.start() + 1;
		long furthest = Long.MIN_VALUE;
		for (int size = maxSize; size > maxSize - maxSize / 8 - 1; size--) {
			furthest = Math.max(furthest, reach(order, PageRequest.covering(Math.max(0, offset), size)));
		}
		return furthest;
	}

	private static PageRequest further(Order order, PageRequest request, PageRequest best) {
		return (reach(order, request) > reach(order, best)) ? request : best;
	}

	/** The smallest page that covers so many rows from an offset on. */
	private static @Nullable PageRequest covering(Order order, long from, long rows, int maxSize) {
		long to = Math.max(0, (order == Order.DESC) ? from + rows : from - rows);
		long length = Math.abs(to - from) + 1;
		for (long size = length; size <= maxSize; size++) {
			if (from / size == to / size) {
				return PageRequest.covering(from, (int) size);
			}
		}
		return null;
	}

	/**
	 * Plan the page that covers two neighbouring rows, after so many inserts, and reaches
	 * furthest past the second one; where no page covers both, the page that starts with
	 * the second one.
	 */
	static PageRequest neighbours(Order order, long first, long second, long inserts, int maxSize) {
		PageRequest best = null;
		PageRequest beyond = PageRequest.covering(second, 1);
		long lower = Math.max(first, second) + inserts;
		for (int size = 1; size <= maxSize; size++) {
			PageRequest both = PageRequest.covering(lower, size);
			if (Math.min(first, second) >= both.start()) {
				best = (best != null) ? further(order, both, best) : both;
			}
			PageRequest request = PageRequest.covering(second, size);
			boolean startsThere = (order == Order.DESC) ? request.start() == second : request.end() == second + 1;
			beyond = startsThere ? further(order, request, beyond) : beyond;
		}
		if (best == null && inserts > 0) {
			return neighbours(order, first, second, 0, maxSize);
		}
		return (best != null) ? best : beyond;
	}

}
