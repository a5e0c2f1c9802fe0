package io.github.tursospring.auditlog;

/**
 * Thrown when Turso does not accept the API token (status 401): it is invalid, revoked or
 * expired.
 *
 * @since 0.1.0
 */
public class TursoAuthenticationException extends TursoApiException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error the error response
	 */
	public TursoAuthenticationException(String message, TursoApiError error) {
		super(message, error, Reason.AUTHENTICATION, false);
	}

	private TursoAuthenticationException(TursoAuthenticationException original, String resumeToken) {
		super(original, resumeToken);
	}

	@Override
	public TursoAuthenticationException withResumeToken(String resumeToken) {
		return new TursoAuthenticationException(this, resumeToken);
	}

}
