package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no answer was received: no connection, a time-out, or a connection lost on
 * the way.
 *
 * @since 0.1.0
 */
public class TursoTransportException extends TursoException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param cause what it was caused by, {@code null} if nothing else
	 */
	public TursoTransportException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
