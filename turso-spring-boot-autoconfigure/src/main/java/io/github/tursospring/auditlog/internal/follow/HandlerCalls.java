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
import reactor.util.context.Context;

import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.internal.http.SafeCancellation;

/**
 * Calls a handler for one organization: one call at a time, for a limited time, and each
 * on a thread of its own. (Reactor's schedulers hand a thread to other work once its task
 * is cancelled, even while the task still blocks it.) An {@link Error} is wrapped in an
 * exception, since Reactor rethrows fatal errors past all operators, and the follower
 * would not see them.
 */
final class HandlerCalls {

	private final String threadName;

	private final Duration timeout;

	private final AtomicReference<@Nullable Call> running = new AtomicReference<>();

	HandlerCalls(CheckpointKey key, Duration timeout) {
		this.threadName = "turso-follower-" + key.follower() + "-" + key.organization();
		this.timeout = timeout;
	}

	/** Call a handler that returns a publisher. */
	Mono<Void> reactive(Callable<Mono<Void>> handler) {
		return limited(Mono.<Void>create((sink) -> start(sink, (call) -> subscribe(handler, sink, call))));
	}

	/** Call a handler that blocks. */
	<T> Mono<T> blocking(Callable<T> handler) {
		return limited(Mono.<T>create((sink) -> start(sink, (call) -> {
			T result = handler.call();
			call.end();
			sink.success(result);
		})));
	}

	private static void subscribe(Callable<Mono<Void>> handler, MonoSink<Void> sink, Call call) throws Exception {
		Disposable.Swap subscription = Disposables.swap();
		sink.onDispose(subscription);
		Mono<Void> work = Objects.requireNonNull(handler.call(), "The handler returned null instead of a Mono");
		if (subscription.isDisposed()) {
			return;
		}
		subscription.update(work.subscribe(null, (ex) -> {
			call.end();
			sink.error(asException(ex));
		}, () -> {
			call.end();
			sink.success();
		}, Context.of(sink.contextView())));
	}

	private <T> Mono<T> limited(Mono<T> call) {
		return SafeCancellation.of(call)
			.timeout(this.timeout)
			.onErrorMap(TimeoutException.class, (ex) -> new HandlerTimeoutException(
					"The handler did not complete within " + this.timeout.toMillis() + " ms"));
	}

	private void start(MonoSink<?> sink, Work work) {
		Call call = new Call(this.threadName, sink, work);
		if (!this.running.compareAndSet(null, call)) {
			sink.error(new HandlerTimeoutException("The handler still blocks thread '" + this.threadName
					+ "' with an earlier page; it is not called again until it returns"));
			return;
		}
		sink.onCancel(call::cancel);
		try {
			call.start();
		}
		catch (OutOfMemoryError ex) {
			call.end();
			sink.error(asException(ex));
		}
	}

	private static Exception asException(Throwable failure) {
		return (failure instanceof Exception exception) ? exception
				: new IllegalStateException("The handler failed with " + failure, failure);
	}

	/**
	 * A call and its thread. It ends before its result is signalled, which may start the
	 * next one.
	 */
	private final class Call extends Thread {

		private final MonoSink<?> sink;

		private final Work work;

		private boolean ended;

		Call(String name, MonoSink<?> sink, Work work) {
			super(name);
			setDaemon(true);
			this.sink = sink;
			this.work = work;
		}

		@Override
		public void run() {
			try {
				this.work.run(this);
			}
			catch (Throwable ex) {
				end();
				this.sink.error(asException(ex));
			}
			finally {
				end();
			}
		}

		synchronized void cancel() {
			if (!this.ended) {
				interrupt();
			}
		}

		synchronized void end() {
			this.ended = true;
			HandlerCalls.this.running.compareAndSet(this, null);
		}

	}

	/**
	 * Work that may throw.
	 */
	private interface Work {

		void run(Call call) throws Exception;

	}

}
