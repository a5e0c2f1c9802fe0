package io.github.tursospring.auditlog.internal.engine;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.http.SourcePage;

/**
 * Checks a response against the contract of the API.
 */
public final class PageValidator {

	private PageValidator() {
	}

	/**
	 * Validate a response.
	 * @param totalBefore the total of an earlier response to the same request, -1 if
	 * there is none
	 * @throws ContractViolation if the response breaks the contract
	 */
	public static ValidatedPage validate(Order order, PageRequest request, SourcePage response, long totalBefore) {
		Long total = response.totalRows();
		if (total == null) {
			throw ContractViolation.permanent("the response to " + request + " has no pagination.total_rows");
		}
		if (total > LogSize.MAX_TOTAL) {
			throw ContractViolation.permanent("pagination.total_rows of " + request + " is " + total);
		}
		List<AuditLog> rows = response.rows();
		boolean pastEnd = request.page() > 1 && request.start() >= total;
		boolean otherPage = response.page() != null && response.page() != request.page();
		if (otherPage && pastEnd) {
			return missing(order, request, total);
		}
		if (otherPage) {
			throw ContractViolation
				.permanent("page " + request.page() + " was requested, but the response is page " + response.page());
		}
		int applied = appliedPageSize(request, response.pageSize());
		if (rows.size() > applied) {
			throw ContractViolation.permanent(
					"page " + request.page() + " has " + rows.size() + " rows, more than the page size of " + applied);
		}
		long end = new PageRequest(request.page(), applied).start() + rows.size();
		if (rows.size() < applied && end < total) {
			checkShortPage(request, rows.size(), applied, total, end, totalBefore);
		}
		return new ValidatedPage(order, request, rows, seconds(request, rows), applied, total,
				now(order, response.time()));
	}

	/**
	 * Return the page for rows that do not exist.
	 * @param total number of rows in the log, -1 if it is not known
	 */
	public static ValidatedPage missing(Order order, PageRequest request, long total) {
		return new ValidatedPage(order, request, List.of(), new long[0], request.pageSize(), total,
				ValidatedPage.NOW_UNKNOWN);
	}

	/** Newest first, rows that are dated ahead are the first ones, and nothing else. */
	private static long now(Order order, @Nullable Instant time) {
		return (order == Order.ASC && time != null) ? time.getEpochSecond() : ValidatedPage.NOW_UNKNOWN;
	}

	private static int appliedPageSize(PageRequest request, @Nullable Integer applied) {
		if (applied == null) {
			return request.pageSize();
		}
		if (applied < 1 || applied > request.pageSize()) {
			throw ContractViolation.permanent(
					"a page size of " + request.pageSize() + " was requested, but pagination.page_size is " + applied);
		}
		return applied;
	}

	/**
	 * A page that ends before the log does may have been read between two updates. It is
	 * the end only where the total changed by as much between two responses.
	 */
	private static void checkShortPage(PageRequest request, int rows, int applied, long total, long end,
			long totalBefore) {
		boolean moving = totalBefore >= 0 && total - end <= Math.abs(total - totalBefore);
		if (!moving) {
			String what = (rows == 0) ? " is empty" : " ends after " + rows + " of " + applied + " rows";
			throw ContractViolation
				.ofMoment("page " + request.page() + what + ", before the end of a log of " + total + " rows");
		}
	}

	private static long[] seconds(PageRequest request, List<AuditLog> rows) {
		long[] seconds = new long[rows.size()];
		for (int i = 0; i < seconds.length; i++) {
			Instant createdAt = rows.get(i).createdAt();
			if (createdAt == null) {
				throw ContractViolation.permanent("row " + (i + 1) + " of " + request
						+ " has no created_at, so that its place in the log is unknown");
			}
			seconds[i] = createdAt.getEpochSecond();
			if (i > 0 && seconds[i] > seconds[i - 1]) {
				throw ContractViolation.permanent("page " + request.page() + " is not ordered newest first: row "
						+ (i + 1) + " is newer than the row before it");
			}
		}
		return seconds;
	}

}
