package io.github.tursospring.auditlog.internal.follow;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.TursoException;

/**
 * One-line descriptions of failures with their root cause.
 */
final class FailureDescription {

	private static final int MAX_CAUSES = 20;

	private FailureDescription() {
	}

	/** The client's exceptions need no root cause. */
	static String of(Throwable failure) {
		String message = message(failure);
		Throwable root = (failure instanceof TursoException) ? null : rootCause(failure);
		if (root == null) {
			return message;
		}
		String reason = message(root);
		return message.contains(reason) ? message : message + " (root cause: " + reason + ")";
	}

	/** Causes can lead back to the failure. */
	private static @Nullable Throwable rootCause(Throwable failure) {
		Throwable root = null;
		Throwable cause = failure.getCause();
		for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
			root = cause;
			cause = cause.getCause();
		}
		return root;
	}

	private static String message(Throwable failure) {
		try {
			String message = failure.getMessage();
			return (message != null) ? message : failure.getClass().getName();
		}
		catch (RuntimeException ex) {
			return failure.getClass().getName();
		}
	}

}
