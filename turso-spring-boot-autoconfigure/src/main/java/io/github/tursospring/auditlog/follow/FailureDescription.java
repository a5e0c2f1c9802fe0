package io.github.tursospring.auditlog.follow;

import org.springframework.core.NestedExceptionUtils;

import io.github.tursospring.auditlog.TursoException;

/**
 * Says in a line what has failed, and what was at the root of it.
 */
final class FailureDescription {

	private FailureDescription() {
	}

	/** Exceptions of the client speak for themselves. */
	static String of(Throwable failure) {
		String message = message(failure);
		Throwable root = NestedExceptionUtils.getRootCause(failure);
		if (root == null || failure instanceof TursoException) {
			return message;
		}
		String reason = message(root);
		return message.contains(reason) ? message : message + " (root cause: " + reason + ")";
	}

	private static String message(Throwable failure) {
		String message = failure.getMessage();
		return (message != null) ? message : failure.getClass().getName();
	}

}
