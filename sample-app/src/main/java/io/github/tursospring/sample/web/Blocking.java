package io.github.tursospring.sample.web;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Calls the database from threads that may block.
 */
final class Blocking {

	private Blocking() {
	}

	static <T> Mono<T> call(Callable<? extends @Nullable T> call) {
		return Mono.<T>fromCallable(call).subscribeOn(Schedulers.boundedElastic());
	}

}
