package io.github.tursospring.auditlog;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Base of all failures to read from Turso. Immutable.
 * <p>
 * {@link #reason()} classifies the failure; health, metrics and logs use the same values.
 * After a stream has failed, {@link #resumeToken()} is the position after the last entry
 * that it emitted.
 *
 * @since 0.1.0
 */
public abstract class TursoException extends RuntimeException {

	private final Reason reason;

	private final boolean retryable;

	private final @Nullable String resumeToken;

	TursoException(String message, @Nullable Throwable cause, Reason reason, boolean retryable) {
		super(message, cause);
		this.reason = reason;
		this.retryable = retryable;
		this.resumeToken = null;
	}

	/**
	 * Copy an exception. The copy has the stack trace, the cause and the suppressed
	 * exceptions of the original.
	 * @param original the exception to copy
	 * @param resumeToken the token that the copy carries
	 */
	TursoException(TursoException original, String resumeToken) {
		super(original.getMessage(), original.getCause());
		this.reason = original.reason;
		this.retryable = original.retryable;
		this.resumeToken = resumeToken;
		setStackTrace(original.getStackTrace());
		for (Throwable suppressed : original.getSuppressed()) {
			addSuppressed(suppressed);
		}
	}

	/**
	 * Return the reason of the failure.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Return whether the failure is transient: the same call can succeed later without a
	 * change of configuration or query. The client has already made its own retries.
	 * @return whether trying again later makes sense
	 */
	public boolean isRetryable() {
		return this.retryable;
	}

	/**
	 * Return the position after the last entry that was emitted before a stream failed.
	 * Pass it as {@link AuditLogQuery.Builder#pageToken(String) pageToken} with the same
	 * organization, order, range and filters to resume there.
	 * @return the page token, {@code null} if nothing had been read
	 */
	public @Nullable String resumeToken() {
		return this.resumeToken;
	}

	/**
	 * Return a copy of this exception, of the same type, that carries a resume token.
	 * @param resumeToken the page token to resume with
	 * @return the copy
	 */
	public abstract TursoException withResumeToken(String resumeToken);

	/**
	 * Reasons of failures.
	 */
	public enum Reason {

		/**
		 * The API token is not accepted (status 401).
		 */
		AUTHENTICATION,

		/**
		 * The subscription or the plan does not include audit logs (status 402).
		 */
		SUBSCRIPTION,

		/**
		 * The API token may not read the audit log (status 403).
		 */
		FORBIDDEN,

		/**
		 * The organization or the endpoint does not exist (status 404).
		 */
		NOT_FOUND,

		/**
		 * The audit log has no entry of the requested id.
		 */
		ENTRY_NOT_FOUND,

		/**
		 * The rate of requests is limited (status 429).
		 */
		RATE_LIMITED,

		/**
		 * The server or a gateway failed (status 5xx).
		 */
		SERVER_ERROR,

		/**
		 * The server refused the request with any other status.
		 */
		REJECTED,

		/**
		 * The response was not complete within the time limit.
		 */
		TIMEOUT,

		/**
		 * No complete response was received: no connection, or a lost one.
		 */
		TRANSPORT,

		/**
		 * The response is not what Turso's API documents.
		 */
		PROTOCOL;

		/**
		 * Return the reason as it appears in health details, meter tags and logs.
		 * @return the lower-case name with hyphens, such as {@code rate-limited}
		 */
		public String value() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
