package io.github.tursospring.auditlog.internal.http;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Cancellation that does not fail. Reactor's operators cancel before they signal why:
 * where the cancellation fails, as that of Jetty's HTTP client can for a request that is
 * about to be sent, a timeout would not be signalled, and its subscriber would wait
 * without end.
 */
public final class SafeCancellation {

	private static final Log logger = LogFactory.getLog(SafeCancellation.class);

	private static final Scheduler SAFELY = new Scheduler() {

		@Override
		public Disposable schedule(Runnable cancellation) {
			try {
				cancellation.run();
			}
			catch (RuntimeException ex) {
				logger.debug("Cancellation failed", ex);
			}
			return Disposables.disposed();
		}

		@Override
		public Worker createWorker() {
			throw new UnsupportedOperationException();
		}

	};

	private SafeCancellation() {
	}

	/**
	 * Cancel in the thread of the caller, and log at DEBUG if that fails.
	 * @param source what is cancelled
	 * @return the publisher
	 * @param <T> the type of the value
	 */
	public static <T> Mono<T> of(Mono<T> source) {
		return source.cancelOn(SAFELY);
	}

}
