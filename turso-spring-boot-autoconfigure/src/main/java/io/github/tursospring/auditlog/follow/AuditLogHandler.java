package io.github.tursospring.auditlog.follow;

import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLogPage;

/**
 * Handles what a managed follower delivers. Declared as a bean, it makes the application
 * follow its audit logs.
 * <p>
 * Pages come one at a time for each organization, oldest entries first. The position is
 * saved once the returned {@link Mono} completes, so a page is delivered again if it
 * fails, or if the application ends before the position is saved: at least once. A page
 * that fails is retried with backoff for as long as it fails, and nothing is skipped:
 * what is to be skipped, the handler has to complete for.
 *
 * @since 0.1.0
 * @see TransactionalAuditLogHandler
 */
@FunctionalInterface
public interface AuditLogHandler {

	/**
	 * Handle a page. Called on a thread that must not be blocked.
	 * @param page the page; its token is the position after it
	 * @return completes when the page has been dealt with
	 */
	Mono<Void> handle(AuditLogPage page);

	/**
	 * Handle a page of one of several organizations.
	 * @param organization the organization's slug
	 * @param page the page
	 * @return completes when the page has been dealt with
	 */
	default Mono<Void> handle(String organization, AuditLogPage page) {
		return handle(page);
	}

}
