package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Requests what the test says, and nothing by itself.
 */
final class RequestingSubscriber<T> extends BaseSubscriber<T> {

	final List<T> received = new ArrayList<>();

	@Nullable Throwable failure;

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		// requests nothing by itself
	}

	@Override
	protected void hookOnNext(T value) {
		this.received.add(value);
	}

	@Override
	protected void hookOnError(Throwable ex) {
		this.failure = ex;
	}

}
