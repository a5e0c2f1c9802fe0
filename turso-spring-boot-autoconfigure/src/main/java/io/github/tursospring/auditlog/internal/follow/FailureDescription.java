package io.github.tursospring.auditlog.internal.follow;

import org.springframework.core.NestedExceptionUtils;

import io.github.tursospring.auditlog.TursoException;

/**
 * One-line descriptions of failures with their root cause.
 */
final class FailureDescription {

	private FailureDescription() {
	}

	/** The client's exceptions need no root cause. */
	static String of(Throwable failure) {
		String message = message(failure);
		Throwable root = (failure instanceof TursoException) ? null : NestedExceptionUtils.getRootCause(failure);
		if (root == null) {
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
