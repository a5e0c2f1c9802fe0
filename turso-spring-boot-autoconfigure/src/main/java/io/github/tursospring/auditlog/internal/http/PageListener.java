package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;

import io.github.tursospring.auditlog.TursoException;

/**
 * Callback for page requests. Must neither block nor throw.
 */
public interface PageListener {

	/** Listener that ignores everything. */
	PageListener NONE = new PageListener() {
	};

	/**
	 * A page has been fetched.
	 * @param rows the number of its rows
	 */
	default void onPage(int rows) {
	}

	/**
	 * A request failed for a transient reason and is retried after a wait.
	 * @param reason the failure
	 * @param wait the wait
	 */
	default void onRetry(TursoException reason, Duration wait) {
	}

}
