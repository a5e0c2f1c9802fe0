package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a {@link AuditLogQuery.Builder#pageToken(String) page token} cannot be
 * used: it is incomplete or altered, or belongs to another organization, order, time
 * range or other filters. No request has been made. A web application can respond with
 * status 400.
 *
 * @since 0.1.0
 */
public class InvalidPageTokenException extends IllegalArgumentException {

	/**
	 * Create a new exception.
	 * @param message what is wrong with the token, and what to do
	 */
	public InvalidPageTokenException(String message) {
		super(message);
	}

	/**
	 * Create a new exception.
	 * @param message what is wrong with the token, and what to do
	 * @param cause the cause, or {@code null}
	 */
	public InvalidPageTokenException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
