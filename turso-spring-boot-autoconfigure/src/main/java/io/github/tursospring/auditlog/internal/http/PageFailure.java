package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.TursoException;

/**
 * Failure of one attempt to fetch a page, with what decides about the next attempt.
 */
final class PageFailure extends RuntimeException {

	private final TursoException exception;

	private final boolean transientFailure;

	private final @Nullable Duration retryAfter;

	private PageFailure(TursoException exception, boolean transientFailure, @Nullable Duration retryAfter) {
		super(null, exception, false, false);
		this.exception = exception;
		this.transientFailure = transientFailure;
		this.retryAfter = retryAfter;
	}

	static PageFailure permanent(TursoException exception) {
		return new PageFailure(exception, false, null);
	}

	static PageFailure transientFailure(TursoException exception, @Nullable Duration retryAfter) {
		return new PageFailure(exception, true, retryAfter);
	}

	TursoException exception() {
		return this.exception;
	}

	boolean isTransient() {
		return this.transientFailure;
	}

	@Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
