package io.github.tursospring.auditlog.follow;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLogPage;

/**
 * Hands a page over and saves the position after it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PageDelivery {

	/**
	 * Deliver a page.
	 * @param organization the organization's slug
	 * @param previousToken the position before the page, {@code null} for the first one
	 * @param page the page
	 * @return {@code false} if another follower has moved the position
	 */
	Mono<Boolean> deliver(String organization, @Nullable String previousToken, AuditLogPage page);

}
