package io.github.tursospring.auditlog.internal.follow;

/**
 * Thrown when a handler took too long for a page. The follower releases its lock, so that
 * another instance can follow.
 */
final class HandlerTimeoutException extends RuntimeException {

	HandlerTimeoutException(String message) {
		super(message);
	}

}
