package io.github.tursospring.benchmarks.reader;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A page as the peers have it.
 *
 * @param auditLogs the entries
 * @param pagination where the page is
 */
record EntryPage(@JsonProperty("audit_logs") List<Entry> auditLogs, Pagination pagination) {

	boolean hasNext() {
		return this.pagination.page() < this.pagination.totalPages();
	}

	int next() {
		return this.pagination.page() + 1;
	}

	/**
	 * Where a page is.
	 *
	 * @param page its number
	 * @param totalPages how many there are
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Pagination(int page, @JsonProperty("total_pages") int totalPages) {
	}

}
