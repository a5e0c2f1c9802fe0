package io.github.tursospring.auditlog.follow;

import java.time.Duration;

/**
 * Is told what a follow does between its pages. Put into the Reactor context of a
 * {@link io.github.tursospring.auditlog.AuditLogClient#follow follow} under this type.
 * Must neither block nor throw.
 *
 * @since 0.1.0
 */
public interface FollowListener {

	/** Listens to nothing. */
	FollowListener NONE = new FollowListener() {
	};

	/**
	 * The log has been read up to its head.
	 */
	default void onHead() {
	}

	/**
	 * Reading has failed for a passing reason, and goes on after a wait.
	 * @param failure the failure
	 * @param wait the wait
	 */
	default void onRetry(Throwable failure, Duration wait) {
	}

}
