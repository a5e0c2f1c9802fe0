package io.github.tursospring.auditlog;

/**
 * Thrown when Turso, or a gateway in front of it, fails (status 5xx).
 *
 * @since 0.1.0
 */
public class TursoServerException extends TursoApiException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error the error response
	 */
	public TursoServerException(String message, TursoApiError error) {
		super(message, error, Reason.SERVER_ERROR, true);
	}

	private TursoServerException(TursoServerException original, String resumeToken) {
		super(original, resumeToken);
	}

	@Override
	public TursoServerException withResumeToken(String resumeToken) {
		return new TursoServerException(this, resumeToken);
	}

}
