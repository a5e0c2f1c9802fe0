package io.github.tursospring.auditlog.internal.http;

import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Errors without a receiver, since their subscriber has cancelled. A cancelled request
 * can still fail; Reactor logs that at ERROR with a stack trace by default.
 *
 * @see Operators#onErrorDropped(Throwable, Context)
 */
public final class LateErrors {

	private static final Log logger = LogFactory.getLog(LateErrors.class);

	/** Name of Reactor's hook for one chain of operators. */
	private static final String LOCAL_HOOK = "reactor.onErrorDropped.local";

	private LateErrors() {
	}

	/**
	 * Log them at DEBUG only, for all operators above.
	 * @param context the context of the chain
	 * @return the context with the hook
	 */
	public static Context logQuietly(Context context) {
		Consumer<Throwable> log = (ex) -> logger.debug("Error after cancellation: " + ex);
		return context.put(LOCAL_HOOK, log);
	}

}
