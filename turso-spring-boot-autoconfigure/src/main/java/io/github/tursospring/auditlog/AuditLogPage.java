package io.github.tursospring.auditlog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Consecutive entries of an audit log, and the position after them.
 *
 * @param auditLogs the entries, in the order of the query; unmodifiable
 * @param nextPageToken opaque position right after these entries, to be passed as
 * {@link AuditLogQuery.Builder#pageToken(String) pageToken}; {@code null} for a numbered
 * page, and for the last page of {@link AuditLogClient#list(AuditLogQuery) list}
 * @param hasMore whether the log has entries beyond these, which need not match the
 * filters
 * @param pagination pagination of a numbered page, {@code null} for any other
 * @param gap entries that retention may have removed before they were read, in the first
 * page that is read with a token; {@code null} if there are none
 * @since 0.1.0
 */
public record AuditLogPage(List<AuditLog> auditLogs, @Nullable String nextPageToken, boolean hasMore,
		@Nullable Pagination pagination, @Nullable AuditLogGap gap) {

	/**
	 * Create a new page without a gap.
	 * @param auditLogs the entries
	 * @param nextPageToken the position right after them, or {@code null}
	 * @param hasMore whether the log has entries beyond these
	 * @param pagination pagination of a numbered page, or {@code null}
	 */
	public AuditLogPage(List<AuditLog> auditLogs, @Nullable String nextPageToken, boolean hasMore,
			@Nullable Pagination pagination) {
		this(auditLogs, nextPageToken, hasMore, pagination, null);
	}

	public AuditLogPage {
		auditLogs = List.copyOf(auditLogs);
	}

	/**
	 * Pagination of a numbered page. Totals are those of the moment: the log changes
	 * while it is read.
	 *
	 * @param page number of the page, from 1
	 * @param pageSize page size that the server applied
	 * @param totalPages number of pages, or -1 if the server sent none
	 * @param totalRows number of entries in the log, or -1 if the server sent none
	 */
	public record Pagination(int page, int pageSize, int totalPages, long totalRows) {
	}

}
