package io.github.tursospring.auditlog;

/**
 * Thrown when the organization's subscription does not include its audit log: it is
 * inactive (status 402), or its plan has no audit logs.
 *
 * @since 0.1.0
 */
public class TursoSubscriptionException extends TursoApiException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error the error response
	 */
	public TursoSubscriptionException(String message, TursoApiError error) {
		super(message, error, Reason.SUBSCRIPTION, false);
	}

	private TursoSubscriptionException(TursoSubscriptionException original, String resumeToken) {
		super(original, resumeToken);
	}

	@Override
	public TursoSubscriptionException withResumeToken(String resumeToken) {
		return new TursoSubscriptionException(this, resumeToken);
	}

}
