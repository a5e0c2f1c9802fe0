package io.github.tursospring.auditlog.follow;

import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * Handles the entries that a follower delivers. Each bean of this type is a follower of
 * its own, named after the bean: with its own position, lock, filters and meters, so that
 * one that fails does not delay another.
 * <p>
 * Pages come one at a time for each organization, oldest entries first. The position is
 * saved once the returned {@link Mono} completes, so a page is delivered again if it
 * fails, or if the application ends before the position is saved: at least once. A page
 * that fails is retried with backoff for as long as it fails; nothing is skipped unless
 * the handler completes for it.
 *
 * @since 0.1.0
 * @see TransactionalAuditLogHandler
 */
@FunctionalInterface
public interface AuditLogHandler {

	/**
	 * Handle a page. Called and subscribed to on a thread that may block, and cancelled
	 * (its thread is interrupted if it blocks) after
	 * {@code turso.audit-logs.follow.handler-timeout}.
	 * @param organization the organization's slug
	 * @param page the page; never empty
	 * @return completes when the page has been handled
	 */
	Mono<Void> handle(String organization, AuditLogPage page);

	/**
	 * Return what to deliver: codes, authors, origins, a page size, and the time to start
	 * at while no position is stored. Called once, at start.
	 * @return the filters; everything by default
	 */
	default AuditLogQuery query() {
		return AuditLogQuery.all();
	}

}
