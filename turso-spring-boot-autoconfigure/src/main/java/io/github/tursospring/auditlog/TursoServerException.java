package io.github.tursospring.auditlog;

/**
 * Thrown when Turso, or a gateway in front of it, failed (status 5xx).
 *
 * @since 0.1.0
 */
public class TursoServerException extends TursoApiException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error what the server answered
	 */
	public TursoServerException(String message, TursoApiError error) {
		super(message, error);
	}

}
