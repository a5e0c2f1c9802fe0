package io.github.tursospring.auditlog.internal.http;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;

/**
 * One page of a response.
 *
 * @param rows the entries, in the server's order
 * @param page the page number, as the server states it
 * @param pageSize the page size that the server applied
 * @param totalPages the number of pages
 * @param totalRows the number of entries in the log
 * @param time when the page was answered, {@code null} if that is not known
 */
public record SourcePage(List<AuditLog> rows, @Nullable Integer page, @Nullable Integer pageSize,
		@Nullable Integer totalPages, @Nullable Long totalRows, @Nullable Instant time) {

	/**
	 * Create a new page that was answered at a time that is not known.
	 * @param rows the entries, in the server's order
	 * @param page the page number, as the server states it
	 * @param pageSize the page size that the server applied
	 * @param totalPages the number of pages
	 * @param totalRows the number of entries in the log
	 */
	public SourcePage(List<AuditLog> rows, @Nullable Integer page, @Nullable Integer pageSize,
			@Nullable Integer totalPages, @Nullable Long totalRows) {
		this(rows, page, pageSize, totalPages, totalRows, null);
	}

	SourcePage at(Instant answered) {
		return new SourcePage(this.rows, this.page, this.pageSize, this.totalPages, this.totalRows, answered);
	}

}
