package io.github.tursospring.auditlog.internal.http;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Cancels requests in the thread of the caller. A connector that fails to cancel, as
 * Jetty's can for a request that is about to be sent, would otherwise end the time-out or
 * the call that cancels the request, without an error for its subscriber.
 */
final class CancellingScheduler implements Scheduler {

	static final CancellingScheduler INSTANCE = new CancellingScheduler();

	private static final Log logger = LogFactory.getLog(CancellingScheduler.class);

	private CancellingScheduler() {
	}

	@Override
	public Disposable schedule(Runnable cancellation) {
		try {
			cancellation.run();
		}
		catch (RuntimeException ex) {
			logger.debug("Failed to cancel a request", ex);
		}
		return Disposables.disposed();
	}

	@Override
	public Worker createWorker() {
		throw new UnsupportedOperationException();
	}

}
