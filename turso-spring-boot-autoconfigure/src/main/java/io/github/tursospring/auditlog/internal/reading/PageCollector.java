package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * Collects the entries of one page from the steps of a walk.
 */
final class PageCollector {

	private final AuditLogQuery query;

	private final PageToken tokens;

	private final int pageSize;

	private final List<AuditLog> entries = new ArrayList<>();

	private @Nullable Position position;

	private boolean more;

	PageCollector(AuditLogQuery query, PageToken tokens, int pageSize) {
		this.query = query;
		this.tokens = tokens;
		this.pageSize = pageSize;
	}

	/**
	 * Take what a step has brought.
	 * @param step the step
	 * @return whether the page is complete: it has as many entries as it is to have, or
	 * some and the server's pages are no longer than that
	 */
	boolean add(Step step) {
		int taken = 0;
		while (taken < step.batch().size() && this.entries.size() < this.pageSize) {
			AuditLog entry = step.batch().entry(taken++);
			if (this.query.matches(entry)) {
				this.entries.add(entry);
			}
		}
		this.position = step.position(taken);
		this.more = !step.done()
				|| step.batch().entries().subList(taken, step.batch().size()).stream().anyMatch(this.query::matches);
		boolean clamped = step.after().maxPageSize() <= this.pageSize && !this.entries.isEmpty();
		return this.entries.size() == this.pageSize || clamped;
	}

	AuditLogPage toPage() {
		String token = (this.more && this.position != null) ? this.tokens.encode(this.position) : null;
		return new AuditLogPage(this.entries, token, this.more, null);
	}

}
