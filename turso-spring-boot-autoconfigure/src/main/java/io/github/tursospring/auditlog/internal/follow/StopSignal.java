package io.github.tursospring.auditlog.internal.follow;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;

/**
 * Signals that the page in hand is the last one.
 */
final class StopSignal {

	private final Sinks.Empty<Void> sink = Sinks.empty();

	private volatile boolean given;

	EmitResult give() {
		this.given = true;
		return this.sink.tryEmitEmpty();
	}

	boolean isGiven() {
		return this.given;
	}

	Mono<Void> asMono() {
		return this.sink.asMono();
	}

}
