package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an answer is not what Turso's API documents, so that going on could lose or
 * repeat entries: not JSON, too large, a page other than the one asked for, rows out of
 * order.
 *
 * @since 0.1.0
 */
public class TursoProtocolException extends TursoException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param cause what it was caused by, {@code null} if nothing else
	 */
	public TursoProtocolException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
