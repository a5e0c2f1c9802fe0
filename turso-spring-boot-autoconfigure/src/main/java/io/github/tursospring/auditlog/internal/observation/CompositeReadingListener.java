package io.github.tursospring.auditlog.internal.observation;

import java.time.Duration;
import java.util.List;
import java.util.ListIterator;

import reactor.core.publisher.Flux;

import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.internal.reading.ReadingListener;

/**
 * Calls several listeners.
 */
final class CompositeReadingListener implements ReadingListener {

	private final List<ReadingListener> listeners;

	CompositeReadingListener(List<ReadingListener> listeners) {
		this.listeners = listeners;
	}

	@Override
	public <T> Flux<T> observe(Flux<T> run) {
		Flux<T> observed = run;
		ListIterator<ReadingListener> inwards = this.listeners.listIterator(this.listeners.size());
		while (inwards.hasPrevious()) {
			observed = inwards.previous().observe(observed);
		}
		return observed;
	}

	@Override
	public void onPage(int rows) {
		this.listeners.forEach((listener) -> listener.onPage(rows));
	}

	@Override
	public void onRetry(TursoException reason, Duration wait) {
		this.listeners.forEach((listener) -> listener.onRetry(reason, wait));
	}

	@Override
	public void onEmitted(int entries) {
		this.listeners.forEach((listener) -> listener.onEmitted(entries));
	}

	@Override
	public void onSkipped(int rows) {
		this.listeners.forEach((listener) -> listener.onSkipped(rows));
	}

	@Override
	public void onRefetch() {
		this.listeners.forEach(ReadingListener::onRefetch);
	}

}
