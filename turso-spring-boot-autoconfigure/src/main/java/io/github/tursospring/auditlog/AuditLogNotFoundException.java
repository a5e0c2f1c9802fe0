package io.github.tursospring.auditlog;

/**
 * Thrown when the log holds no entry of the id that was asked for.
 *
 * @since 0.1.0
 */
public class AuditLogNotFoundException extends TursoNotFoundException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error what the server answered
	 */
	public AuditLogNotFoundException(String message, TursoApiError error) {
		super(message, error);
	}

}
