package io.github.tursospring.auditlog;

/**
 * Thrown when the organization's subscription does not give access to its audit log: it
 * is inactive (status 402), or its plan has none.
 *
 * @since 0.1.0
 */
public class TursoSubscriptionException extends TursoApiException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error what the server answered
	 */
	public TursoSubscriptionException(String message, TursoApiError error) {
		super(message, error);
	}

}
