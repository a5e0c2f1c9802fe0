package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the server refuses a request. Subclasses represent the statuses that
 * callers handle; any other status is of this type itself.
 *
 * @since 0.1.0
 */
public class TursoApiException extends TursoException {

	private final TursoApiError error;

	/**
	 * Create a new exception of a status without a subclass.
	 * @param message what happened, for which organization, and what to do
	 * @param error the error response
	 */
	public TursoApiException(String message, TursoApiError error) {
		this(message, error, Reason.REJECTED, false);
	}

	TursoApiException(String message, TursoApiError error, Reason reason, boolean retryable) {
		super(message, null, reason, retryable);
		this.error = error;
	}

	TursoApiException(TursoApiException original, String resumeToken) {
		super(original, resumeToken);
		this.error = original.error;
	}

	@Override
	public TursoApiException withResumeToken(String resumeToken) {
		return new TursoApiException(this, resumeToken);
	}

	/**
	 * Return the HTTP status.
	 * @return the status
	 */
	public int status() {
		return this.error.status();
	}

	/**
	 * Return the error text of the response.
	 * @return the text, {@code null} if there was none
	 */
	public @Nullable String error() {
		return this.error.error();
	}

	/**
	 * Return Turso's own error code.
	 * @return the code, {@code null} if there was none
	 */
	public @Nullable String code() {
		return this.error.code();
	}

	/**
	 * Return the HTTP method of the request.
	 * @return the method
	 */
	public String method() {
		return this.error.method();
	}

	/**
	 * Return the URI template of the request.
	 * @return the template
	 */
	public String uriTemplate() {
		return this.error.uriTemplate();
	}

}
