package io.github.tursospring.auditlog.internal.reading;

import reactor.core.publisher.Flux;

import io.github.tursospring.auditlog.internal.http.PageListener;

/**
 * Callback for what one reading of a log does. Must neither block nor throw.
 */
public interface ReadingListener extends PageListener {

	/** Listens to nothing. */
	ReadingListener NONE = new ReadingListener() {
	};

	/**
	 * Observe a run of the reading: all of it, or one round of a follow, from where it
	 * stands to the head of the log.
	 */
	default <T> Flux<T> observe(Flux<T> run) {
		return run;
	}

	/** Entries have been handed over. */
	default void onEmitted(int entries) {
	}

	/** Rows were fetched that had been read before. */
	default void onSkipped(int rows) {
	}

	/** A page did not continue what had been read, so that it has to be fetched again. */
	default void onRefetch() {
	}

}
