package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.tursospring.auditlog.internal.http.LateErrors;
import io.github.tursospring.auditlog.internal.http.SafeCancellation;

/**
 * Limits calls of checkpoint stores and locks: a call that hangs is a failure, which is
 * shown and retried. Calls may block, and an {@link Error} that they throw ends a thread
 * of their own, rather than that of the follower's timer.
 */
final class TimeLimit {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private TimeLimit() {
	}

	/**
	 * Limit a call of a checkpoint store.
	 * @param handlerTimeout the longest time for a handler, which a call may not exceed
	 * @param call the call
	 */
	static <T> Mono<T> ofStore(Duration handlerTimeout, Mono<T> call) {
		return limit(handlerTimeout, "The checkpoint store", call);
	}

	/**
	 * Limit a call of a lock.
	 * @param handlerTimeout the longest time for a handler, which a call may not exceed
	 * @param call the call
	 */
	static <T> Mono<T> ofLock(Duration handlerTimeout, Mono<T> call) {
		return limit(handlerTimeout, "The lock", call);
	}

	private static <T> Mono<T> limit(Duration handlerTimeout, String subject, Mono<T> call) {
		Duration limit = (handlerTimeout.compareTo(LONGEST) < 0) ? handlerTimeout : LONGEST;
		return call.subscribeOn(Schedulers.boundedElastic())
			.transform(SafeCancellation::of)
			.timeout(limit, Mono.error(
					() -> new IllegalStateException(subject + " did not respond within " + limit.toMillis() + " ms")))
			.contextWrite(LateErrors::logQuietly);
	}

}
