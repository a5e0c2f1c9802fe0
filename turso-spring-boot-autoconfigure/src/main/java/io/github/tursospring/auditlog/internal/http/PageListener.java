package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;

import io.github.tursospring.auditlog.TursoException;

/**
 * Is told what asking for pages comes to. Must neither block nor throw.
 */
public interface PageListener {

	/** Listens to nothing. */
	PageListener NONE = new PageListener() {
	};

	/**
	 * A page has been answered.
	 * @param rows how many rows it holds
	 */
	default void onPage(int rows) {
	}

	/**
	 * A page could not be had for a passing reason, and is asked for again after a wait.
	 * @param reason what went wrong
	 * @param wait the wait
	 */
	default void onRetry(TursoException reason, Duration wait) {
	}

}
