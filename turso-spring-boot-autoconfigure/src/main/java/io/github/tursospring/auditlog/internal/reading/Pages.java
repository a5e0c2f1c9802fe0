package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.List;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * Makes the pages of a stream from its steps: no page is longer than the page size, and
 * none is empty but the last one of a stream.
 */
final class Pages {

	private final AuditLogQuery query;

	private final PageToken tokens;

	private final int pageSize;

	Pages(AuditLogQuery query, PageToken tokens, int pageSize) {
		this.query = query;
		this.tokens = tokens;
		this.pageSize = pageSize;
	}

	List<AuditLogPage> of(Step step) {
		Batch batch = step.batch();
		List<AuditLogPage> pages = new ArrayList<>(1);
		for (int from = 0; from < batch.size(); from += this.pageSize) {
			int to = Math.min(from + this.pageSize, batch.size());
			List<AuditLog> matching = batch.entries().subList(from, to).stream().filter(this.query::matches).toList();
			boolean last = step.done() && to == batch.size();
			if (!matching.isEmpty() || last) {
				pages.add(new AuditLogPage(matching, this.tokens.encode(step.position(to)), !last, null));
			}
		}
		if (batch.isEmpty() && step.done()) {
			pages.add(new AuditLogPage(List.of(), this.tokens.encode(step.after()), false, null));
		}
		return pages;
	}

}
