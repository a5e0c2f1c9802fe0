package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;

/**
 * Callback for what a follow does between its pages. Passed in the Reactor context of a
 * {@link io.github.tursospring.auditlog.AuditLogClient#follow follow}, with this class as
 * key. Must neither block nor throw.
 */
public interface FollowListener {

	/** Ignores every call. */
	FollowListener NONE = new FollowListener() {
	};

	/**
	 * A response of the log was read, whether or not it has entries that match.
	 * @param further whether it shows entries that this follow had not read before
	 */
	default void onRead(boolean further) {
	}

	/**
	 * The log has been read up to its head, and all pages have been taken.
	 */
	default void onHead() {
	}

	/**
	 * Reading failed for a transient reason and is retried after a wait.
	 * @param failure the failure
	 * @param wait the wait
	 */
	default void onRetry(Throwable failure, Duration wait) {
	}

}
