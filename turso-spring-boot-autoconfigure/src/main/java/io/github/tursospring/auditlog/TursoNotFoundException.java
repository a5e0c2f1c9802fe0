package io.github.tursospring.auditlog;

/**
 * Thrown when the organization does not exist, or the base URL is not that of Turso's API
 * (status 404).
 *
 * @since 0.1.0
 */
public class TursoNotFoundException extends TursoApiException {

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error the error response
	 */
	public TursoNotFoundException(String message, TursoApiError error) {
		super(message, error, Reason.NOT_FOUND, false);
	}

	private TursoNotFoundException(TursoNotFoundException original, String resumeToken) {
		super(original, resumeToken);
	}

	@Override
	public TursoNotFoundException withResumeToken(String resumeToken) {
		return new TursoNotFoundException(this, resumeToken);
	}

}
