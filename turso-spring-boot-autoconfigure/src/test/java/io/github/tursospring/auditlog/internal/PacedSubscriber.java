package io.github.tursospring.auditlog.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Requests what it is told to request, and nothing else.
 *
 * @param <T> type of what it receives
 */
final class PacedSubscriber<T> extends BaseSubscriber<T> {

	private final List<T> received = new CopyOnWriteArrayList<>();

	List<T> received() {
		return this.received;
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		// Nothing is requested before the test says so
	}

	@Override
	protected void hookOnNext(T value) {
		this.received.add(value);
	}

}
