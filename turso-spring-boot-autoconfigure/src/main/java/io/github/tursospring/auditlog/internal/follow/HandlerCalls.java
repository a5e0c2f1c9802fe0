package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Calls a handler for one organization: on a thread that may block, one call at a time,
 * and for a limited time. What is no {@link Exception} is wrapped, since Reactor rethrows
 * it past every operator and the follower would never hear of it.
 */
final class HandlerCalls {

	private final Duration timeout;

	private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();

	HandlerCalls(Duration timeout) {
		this.timeout = timeout;
	}

	/** Call a handler that returns a publisher. */
	Mono<Void> reactive(Callable<Mono<Void>> handler) {
		return limited(Mono.<Void>create((sink) -> exclusively(sink, () -> subscribe(handler, sink))));
	}

	/** Call a handler that blocks. */
	<T> Mono<T> blocking(Callable<T> handler) {
		return limited(Mono.<T>create((sink) -> exclusively(sink, () -> sink.success(handler.call()))));
	}

	private static Void subscribe(Callable<Mono<Void>> handler, MonoSink<Void> sink) throws Exception {
		Disposable.Swap subscription = Disposables.swap();
		sink.onDispose(subscription);
		Mono<Void> work = Objects.requireNonNull(handler.call(), "The handler returned null instead of a Mono");
		subscription.update(work.subscribe(null, (ex) -> sink.error(asException(ex)), sink::success,
				Context.of(sink.contextView())));
		return null;
	}

	private <T> Mono<T> limited(Mono<T> call) {
		return call.subscribeOn(Schedulers.boundedElastic())
			.timeout(this.timeout)
			.onErrorMap(TimeoutException.class, (ex) -> new HandlerTimeoutException(
					"The handler did not complete within " + this.timeout.toSeconds() + " s"));
	}

	private void exclusively(MonoSink<?> sink, CheckedRunnable call) {
		if (!this.running.compareAndSet(null, Thread.currentThread())) {
			sink.error(new HandlerTimeoutException("The handler still blocks " + name(this.running.get())
					+ " with the page before; it is not called again until it returns"));
			return;
		}
		try {
			call.run();
		}
		catch (Throwable ex) {
			sink.error(asException(ex));
		}
		finally {
			this.running.set(null);
		}
	}

	private static String name(@Nullable Thread thread) {
		return (thread != null) ? "thread '" + thread.getName() + "'" : "a thread";
	}

	private static Exception asException(Throwable failure) {
		return (failure instanceof Exception exception) ? exception
				: new IllegalStateException("The handler failed with " + failure, failure);
	}

	/**
	 * Work that may throw.
	 */
	private interface CheckedRunnable {

		void run() throws Exception;

	}

}
