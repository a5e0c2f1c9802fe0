package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.List;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * Makes the pages of a follow from its steps. A page is empty only where nothing matched
 * for long, or up to the head of the log: it carries the position on. So does the first
 * one where there is nothing yet to deliver.
 */
final class FollowPages {

	private final AuditLogQuery filters;

	private final PageToken tokens;

	private final int pageSize;

	private final int rowsWithoutPage;

	private int rows;

	private boolean positioned;

	FollowPages(AuditLogQuery query, PageToken tokens, int pageSize, int rowsWithoutPage) {
		this.filters = (query.pageToken() != null) ? query.toBuilder().startTime(null).build() : query;
		this.tokens = tokens;
		this.pageSize = pageSize;
		this.rowsWithoutPage = rowsWithoutPage;
		this.positioned = query.pageToken() != null;
	}

	List<AuditLogPage> of(Step step) {
		Batch batch = step.batch();
		List<AuditLogPage> pages = new ArrayList<>(1);
		for (int from = 0; from < batch.size(); from += this.pageSize) {
			int to = Math.min(from + this.pageSize, batch.size());
			boolean atHead = step.done() && to == batch.size();
			List<AuditLog> matching = batch.entries().subList(from, to).stream().filter(this.filters::matches).toList();
			this.rows += to - from;
			if (!matching.isEmpty() || atHead || this.rows >= this.rowsWithoutPage) {
				this.rows = 0;
				this.positioned = true;
				pages.add(new AuditLogPage(matching, this.tokens.encode(step.position(to)), !atHead, null));
			}
		}
		if (step.done() && !this.positioned) {
			this.positioned = true;
			pages.add(new AuditLogPage(List.of(), this.tokens.encode(step.after()), false, null));
		}
		return pages;
	}

}
