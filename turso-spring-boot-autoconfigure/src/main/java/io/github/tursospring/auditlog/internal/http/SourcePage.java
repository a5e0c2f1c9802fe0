package io.github.tursospring.auditlog.internal.http;

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
 */
public record SourcePage(List<AuditLog> rows, @Nullable Integer page, @Nullable Integer pageSize,
		@Nullable Integer totalPages, @Nullable Long totalRows) {
}
