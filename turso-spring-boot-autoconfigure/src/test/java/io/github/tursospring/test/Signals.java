package io.github.tursospring.test;

import java.time.Duration;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Waits for publishers that take long. A {@code StepVerifier} that waits keeps a
 * processor busy.
 */
public final class Signals {

	private Signals() {
	}

	/**
	 * Subscribe to a publisher, and wait until it ends.
	 * @param <T> the type of its values
	 * @param source the publisher
	 * @param atMost how long to wait
	 * @return the same signals, all of which have arrived
	 */
	public static <T> Flux<T> await(Publisher<T> source, Duration atMost) {
		return Flux.fromIterable(Flux.from(source).materialize().collectList().block(atMost)).<T>dematerialize();
	}

}
