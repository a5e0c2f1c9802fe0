package io.github.tursospring.auditlog.internal.follow;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.CheckpointKey;

/**
 * Passes pages to a handler and saves the position after them.
 */
@FunctionalInterface
public interface PageDelivery {

	/**
	 * Deliver a page.
	 * @param page the page
	 * @param previous what is stored before the page, {@code null} if nothing is
	 * @param status the status of the page's follower, to record failures in
	 * @return {@code false} if what is stored has been changed by another instance or an
	 * operator; a {@link HandlerTimeoutException} if the handler took too long
	 */
	Mono<Boolean> deliver(AuditLogPage page, @Nullable String previous, StatusTracker status);

	/**
	 * Callback for what is stored, outside of a delivery.
	 * @param key the follower and organization
	 * @param stored what is stored, {@code null} if nothing is
	 */
	default void loaded(CheckpointKey key, @Nullable String stored) {
	}

}
