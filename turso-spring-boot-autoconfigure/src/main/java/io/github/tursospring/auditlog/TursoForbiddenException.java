package io.github.tursospring.auditlog;

/**
 * Thrown when the API token may not read the organization's audit log (status 403).
 *
 * @since 0.1.0
 */
public class TursoForbiddenException extends TursoApiException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error what the server answered
	 */
	public TursoForbiddenException(String message, TursoApiError error) {
		super(message, error);
	}

}
