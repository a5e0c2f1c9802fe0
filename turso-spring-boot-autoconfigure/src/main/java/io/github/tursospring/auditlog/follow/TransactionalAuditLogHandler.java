package io.github.tursospring.auditlog.follow;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * Handles the entries that a follower delivers within the database transaction that saves
 * the position: what the handler writes to the same database and the position are
 * committed together or not at all, so that every page is delivered exactly once. Needs a
 * {@link JdbcAuditLogCheckpointStore} and a transaction manager.
 * <p>
 * Each bean of this type is a follower of its own, like an {@link AuditLogHandler}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TransactionalAuditLogHandler {

	/**
	 * Handle a page. Called in a transaction, on a thread that may block. Its thread is
	 * interrupted after {@code turso.audit-logs.follow.handler-timeout}.
	 * @param organization the organization's slug
	 * @param page the page; never empty
	 */
	void handle(String organization, AuditLogPage page);

	/**
	 * Return what to deliver: codes, authors, origins, a page size, and the time to start
	 * at while no position is stored. Called once, at start.
	 * @return the filters; everything by default
	 */
	default AuditLogQuery query() {
		return AuditLogQuery.all();
	}

}
