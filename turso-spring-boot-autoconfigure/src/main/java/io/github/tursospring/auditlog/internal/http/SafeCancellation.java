package io.github.tursospring.auditlog.internal.http;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A publisher whose cancellation does not fail. Reactor's operators cancel before they
 * signal why: where the cancellation fails, as that of Jetty's HTTP client sometimes
 * does, a timeout would not be signalled, and its subscriber would wait without end.
 *
 * @param <T> the type of the value
 */
public final class SafeCancellation<T> extends MonoOperator<T, T> {

	private static final Log logger = LogFactory.getLog(SafeCancellation.class);

	private SafeCancellation(Mono<? extends T> source) {
		super(source);
	}

	/**
	 * Log that a cancellation fails at DEBUG only.
	 * @param source what is cancelled
	 * @return the publisher
	 * @param <T> the type of the value
	 */
	public static <T> Mono<T> of(Mono<T> source) {
		return new SafeCancellation<>(source);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(new Subscriber<>(actual));
	}

	/**
	 * Passes on every signal and request.
	 */
	private static final class Subscriber<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private Subscription upstream = Operators.emptySubscription();

		Subscriber(CoreSubscriber<? super T> actual) {
			this.actual = actual;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}

		@Override
		public void onNext(T value) {
			this.actual.onNext(value);
		}

		@Override
		public void onError(Throwable failure) {
			this.actual.onError(failure);
		}

		@Override
		public void onComplete() {
			this.actual.onComplete();
		}

		@Override
		public void request(long n) {
			this.upstream.request(n);
		}

		@Override
		public void cancel() {
			try {
				this.upstream.cancel();
			}
			catch (RuntimeException ex) {
				logger.debug("Cancellation failed", ex);
			}
		}

	}

}
