package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a response is not what Turso's API documents, so that entries could be lost
 * or repeated: not JSON, too large, a page other than the requested one, rows out of
 * order.
 *
 * @since 0.1.0
 */
public class TursoProtocolException extends TursoException {

	/**
	 * Create a new exception that is not {@link #isRetryable() retryable}.
	 * @param message what happened, for which organization, and what to do
	 * @param cause the cause, or {@code null}
	 */
	public TursoProtocolException(String message, @Nullable Throwable cause) {
		this(message, cause, false);
	}

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param cause the cause, or {@code null}
	 * @param retryable whether the same request can get a correct response later
	 */
	public TursoProtocolException(String message, @Nullable Throwable cause, boolean retryable) {
		super(message, cause, Reason.PROTOCOL, retryable);
	}

	private TursoProtocolException(TursoProtocolException original, String resumeToken) {
		super(original, resumeToken);
	}

	@Override
	public TursoProtocolException withResumeToken(String resumeToken) {
		return new TursoProtocolException(this, resumeToken);
	}

}
