package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no complete response was received: no connection, a timeout, or a lost
 * connection.
 *
 * @since 0.1.0
 */
public class TursoTransportException extends TursoException {

	/**
	 * Create a new exception of {@link Reason#TRANSPORT} that is {@link #isRetryable()
	 * retryable}.
	 * @param message what happened, for which organization, and what to do
	 * @param cause the cause, or {@code null}
	 */
	public TursoTransportException(String message, @Nullable Throwable cause) {
		this(message, cause, Reason.TRANSPORT, true);
	}

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param cause the cause, or {@code null}
	 * @param reason {@link Reason#TRANSPORT} or {@link Reason#TIMEOUT}
	 * @param retryable whether the same request can succeed later
	 */
	public TursoTransportException(String message, @Nullable Throwable cause, Reason reason, boolean retryable) {
		super(message, cause, reason, retryable);
	}

	private TursoTransportException(TursoTransportException original, String resumeToken) {
		super(original, resumeToken);
	}

	@Override
	public TursoTransportException withResumeToken(String resumeToken) {
		return new TursoTransportException(this, resumeToken);
	}

}
