package io.github.tursospring.sample.turso;

import java.util.List;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The answer to a request for a page of the log.
 *
 * @param auditLogs the entries, newest first
 * @param pagination which page this is, of how many
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record LogPage(List<LogEntry> auditLogs, Pagination pagination) {

	/**
	 * Which page of how many, at the moment of the request.
	 *
	 * @param page number of the page, from 1
	 * @param pageSize rows a page, as applied
	 * @param totalPages number of pages
	 * @param totalRows number of entries in the log
	 */
	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	record Pagination(int page, int pageSize, int totalPages, int totalRows) {
	}

}
