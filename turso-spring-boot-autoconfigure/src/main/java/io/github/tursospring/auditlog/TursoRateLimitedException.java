package io.github.tursospring.auditlog;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when Turso limits the rate of requests (status 429) and either the retries are
 * exhausted or the requested wait is longer than the configured maximum.
 *
 * @since 0.1.0
 */
public class TursoRateLimitedException extends TursoApiException {

	private final @Nullable Duration retryAfter;

	/**
	 * Create a new exception.
	 * @param message what happened, for which organization, and what to do
	 * @param error the error response
	 * @param retryAfter how long the server asked to wait, {@code null} if it did not
	 */
	public TursoRateLimitedException(String message, TursoApiError error, @Nullable Duration retryAfter) {
		super(message, error, Reason.RATE_LIMITED, true);
		this.retryAfter = retryAfter;
	}

	private TursoRateLimitedException(TursoRateLimitedException original, String resumeToken) {
		super(original, resumeToken);
		this.retryAfter = original.retryAfter;
	}

	@Override
	public TursoRateLimitedException withResumeToken(String resumeToken) {
		return new TursoRateLimitedException(this, resumeToken);
	}

	/**
	 * Return how long the server asked to wait, counted from its response.
	 * @return the wait, {@code null} if it sent none
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
