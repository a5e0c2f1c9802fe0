package io.github.tursospring.auditlog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some consecutive entries of an audit log, and where to go on.
 *
 * @param auditLogs the entries, in the order of the query; unmodifiable
 * @param nextPageToken opaque position right after these entries, to be passed as
 * {@link AuditLogQuery.Builder#pageToken(String) pageToken}; {@code null} for a numbered
 * page, and for the last page of {@link AuditLogClient#list(AuditLogQuery) list}
 * @param hasMore whether the log held entries beyond these; with filters, none of them
 * need match
 * @param pagination what the server said of a numbered page, {@code null} for any other
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
	 * @param hasMore whether the log held entries beyond these
	 * @param pagination what the server said of a numbered page, or {@code null}
	 */
	public AuditLogPage(List<AuditLog> auditLogs, @Nullable String nextPageToken, boolean hasMore,
			@Nullable Pagination pagination) {
		this(auditLogs, nextPageToken, hasMore, pagination, null);
	}

	public AuditLogPage {
		auditLogs = List.copyOf(auditLogs);
	}

	/**
	 * What Turso says of a numbered page. Totals are those of the moment: the log moves
	 * while it is read.
	 *
	 * @param page number of the page, from 1
	 * @param pageSize rows a page, as the server applied it
	 * @param totalPages number of pages, or -1 where the server did not say
	 * @param totalRows number of entries in the log, or -1 where the server did not say
	 */
	public record Pagination(int page, int pageSize, int totalPages, long totalRows) {
	}

}
