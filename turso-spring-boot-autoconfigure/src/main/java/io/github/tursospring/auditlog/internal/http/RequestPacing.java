package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import reactor.core.publisher.Mono;

/**
 * Paces the requests of one client while its rate is limited. A response of status 429
 * pauses all of them; after the pause they start one after the other, at random intervals
 * around a spacing that doubles with each further limit and shrinks with each success.
 * Without a limit, requests start at once.
 */
final class RequestPacing {

	private static final long MIN_SPACING = Duration.ofMillis(10).toNanos();

	private static final long MAX_SPACING = Duration.ofSeconds(1).toNanos();

	private static final int RECOVERY = 64;

	private final LongSupplier nanoTime;

	private final DoubleSupplier random;

	private long pausedUntil;

	private long nextStart;

	private long spacing;

	private int limits;

	RequestPacing(LongSupplier nanoTime) {
		this(nanoTime, () -> ThreadLocalRandom.current().nextDouble());
	}

	RequestPacing(LongSupplier nanoTime, DoubleSupplier random) {
		this.nanoTime = nanoTime;
		this.random = random;
		this.pausedUntil = nanoTime.getAsLong();
		this.nextStart = this.pausedUntil;
	}

	/**
	 * Wait until a request may start.
	 * @return completes with a permit when the request may start
	 */
	Mono<Permit> acquire() {
		return Mono.defer(() -> await(reserve()));
	}

	private Mono<Permit> await(Permit permit) {
		long wait = permit.start() - this.nanoTime.getAsLong();
		if (wait <= 0) {
			return Mono.just(permit);
		}
		return Mono.delay(Duration.ofNanos(wait))
			.flatMap((tick) -> isValid(permit) ? Mono.just(permit) : await(reserve()));
	}

	private synchronized Permit reserve() {
		long now = this.nanoTime.getAsLong();
		long start = later(now, this.nextStart);
		if (this.spacing > 0) {
			this.nextStart = start + (long) (this.spacing * (0.5 + this.random.getAsDouble()));
		}
		return new Permit(start, this.limits);
	}

	/** A permit from before a further limit may start within the pause. */
	private synchronized boolean isValid(Permit permit) {
		return permit.start() - this.pausedUntil >= 0;
	}

	/**
	 * Pause all requests.
	 * @param permit the permit of the request whose response was of status 429
	 * @param pause the pause
	 */
	synchronized void limited(Permit permit, Duration pause) {
		long until = this.nanoTime.getAsLong() + pause.toNanos();
		if (until - this.pausedUntil > 0) {
			this.pausedUntil = until;
			this.nextStart = until;
		}
		if (permit.limits() == this.limits) {
			this.limits++;
			this.spacing = Math.min(Math.max(2 * this.spacing, MIN_SPACING), MAX_SPACING);
		}
	}

	/**
	 * Request successful: the spacing shrinks.
	 */
	synchronized void succeeded() {
		long shorter = this.spacing - this.spacing / RECOVERY;
		this.spacing = (shorter < MIN_SPACING / 2) ? 0 : shorter;
	}

	private static long later(long a, long b) {
		return (a - b >= 0) ? a : b;
	}

	/**
	 * Permit for one request.
	 *
	 * @param start when the request starts
	 * @param limits the number of limits that were known when the permit was issued
	 */
	record Permit(long start, int limits) {
	}

}
