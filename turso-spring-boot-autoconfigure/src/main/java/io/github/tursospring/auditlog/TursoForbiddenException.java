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
	 * @param error the error response
	 */
	public TursoForbiddenException(String message, TursoApiError error) {
		super(message, error, Reason.FORBIDDEN, false);
	}

	private TursoForbiddenException(TursoForbiddenException original, String resumeToken) {
		super(original, resumeToken);
	}

	@Override
	public TursoForbiddenException withResumeToken(String resumeToken) {
		return new TursoForbiddenException(this, resumeToken);
	}

}
