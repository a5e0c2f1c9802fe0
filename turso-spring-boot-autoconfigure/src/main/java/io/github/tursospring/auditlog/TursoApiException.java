package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the server refused a request. Subclasses tell the statuses that callers
 * deal with; any other status is of this type itself.
 *
 * @since 0.1.0
 */
public class TursoApiException extends TursoException {

	private final TursoApiError error;

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error what the server answered
	 */
	public TursoApiException(String message, TursoApiError error) {
		super(message);
		this.error = error;
	}

	/**
	 * Return the HTTP status.
	 * @return the status
	 */
	public int status() {
		return this.error.status();
	}

	/**
	 * Return the error text that came with the status.
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
