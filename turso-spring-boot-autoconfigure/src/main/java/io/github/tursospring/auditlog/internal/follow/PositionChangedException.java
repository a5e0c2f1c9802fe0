package io.github.tursospring.auditlog.internal.follow;

/**
 * Thrown when the stored position was changed: by a request to the follower, or by
 * another instance that follows as well.
 */
final class PositionChangedException extends RuntimeException {

	private final boolean request;

	PositionChangedException(boolean request) {
		super("The stored position was changed", null, false, false);
		this.request = request;
	}

	static boolean isRequest(Throwable failure) {
		return failure instanceof PositionChangedException change && change.request;
	}

}
