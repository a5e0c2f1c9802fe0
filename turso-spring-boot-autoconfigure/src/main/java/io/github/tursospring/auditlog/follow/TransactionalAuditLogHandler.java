package io.github.tursospring.auditlog.follow;

import io.github.tursospring.auditlog.AuditLogPage;

/**
 * Handles what a managed follower delivers within the database transaction that saves the
 * position: what the handler writes to the same database and the position are committed
 * together or not at all, so that every page is delivered exactly once. Needs a
 * {@link JdbcAuditLogCheckpointStore} and a transaction manager.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TransactionalAuditLogHandler {

	/**
	 * Handle a page. Called in a transaction, on a thread that may block.
	 * @param organization the organization's slug
	 * @param page the page
	 */
	void handle(String organization, AuditLogPage page);

}
