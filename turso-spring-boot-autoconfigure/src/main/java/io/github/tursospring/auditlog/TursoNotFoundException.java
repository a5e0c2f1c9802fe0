package io.github.tursospring.auditlog;

/**
 * Thrown when what was asked for is not there (status 404): no such organization, or a
 * base URL that is not that of Turso's API.
 *
 * @since 0.1.0
 */
public class TursoNotFoundException extends TursoApiException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error what the server answered
	 */
	public TursoNotFoundException(String message, TursoApiError error) {
		super(message, error);
	}

}
