package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Paces the requests of one client while its rate is limited. A response of status 429
 * pauses all of them; after the pause they start one after the other, at random intervals
 * around a spacing that doubles with each further limit and shrinks with each success.
 * Without a limit, requests start at once.
 */
final class RequestPacing {

	private static final long MIN_SPACING = Duration.ofMillis(10).toNanos();

	private static final long MAX_SPACING = Duration.ofSeconds(1).toNanos();

	private static final int RECOVERY = 128;

	private final LongSupplier nanoTime;

	private final DoubleSupplier random;

	/** The requests that wait, in their order; those that are cancelled leave. */
	private final Set<MonoSink<Permit>> waiting = new LinkedHashSet<>();

	private @Nullable Disposable timer;

	private long nextStart;

	private long spacing;

	private int limits;

	RequestPacing(LongSupplier nanoTime) {
		this(nanoTime, () -> ThreadLocalRandom.current().nextDouble());
	}

	RequestPacing(LongSupplier nanoTime, DoubleSupplier random) {
		this.nanoTime = nanoTime;
		this.random = random;
		this.nextStart = nanoTime.getAsLong();
	}

	/**
	 * Wait until a request may start.
	 * @return completes with a permit when the request may start
	 */
	Mono<Permit> acquire() {
		return Mono.create((request) -> {
			startNext(request);
			request.onDispose(() -> leave(request));
		});
	}

	private synchronized void leave(MonoSink<Permit> request) {
		this.waiting.remove(request);
		if (this.waiting.isEmpty() && this.timer != null) {
			this.timer.dispose();
			this.timer = null;
		}
	}

	/**
	 * Start the first request that waits, or set a timer for it. A request that arrives
	 * starts no other one: its caller may hold a lock.
	 * @param arrived the request that arrives, {@code null} when the timer has run down
	 */
	private void startNext(@Nullable MonoSink<Permit> arrived) {
		MonoSink<Permit> next = null;
		Permit permit;
		synchronized (this) {
			if (arrived != null) {
				this.waiting.add(arrived);
			}
			else {
				this.timer = null;
			}
			long now = this.nanoTime.getAsLong();
			if (this.timer == null && this.nextStart - now <= 0 && !this.waiting.isEmpty()) {
				next = this.waiting.iterator().next();
				this.waiting.remove(next);
				this.nextStart = now + (long) (this.spacing * (0.5 + this.random.getAsDouble()));
			}
			permit = new Permit(this.limits);
			if (this.timer == null && !this.waiting.isEmpty()) {
				this.timer = Schedulers.parallel()
					.schedule(() -> startNext(null), Math.max(0, this.nextStart - now), TimeUnit.NANOSECONDS);
			}
		}
		if (next != null) {
			next.success(permit);
		}
	}

	/**
	 * Pause all requests.
	 * @param permit the permit of the request whose response was of status 429
	 * @param pause the pause
	 */
	synchronized void limited(Permit permit, Duration pause) {
		long until = this.nanoTime.getAsLong() + pause.toNanos();
		this.nextStart = (until - this.nextStart > 0) ? until : this.nextStart;
		if (permit.limits() == this.limits) {
			this.limits++;
			this.spacing = Math.min(Math.max(2 * this.spacing, MIN_SPACING), MAX_SPACING);
		}
	}

	/**
	 * Request successful: the spacing shrinks. It ends when no request waits, so that
	 * those that wait do not start all at once.
	 */
	synchronized void succeeded() {
		long shorter = this.spacing - this.spacing / RECOVERY;
		if (shorter >= MIN_SPACING / 2) {
			this.spacing = shorter;
		}
		else if (this.waiting.isEmpty()) {
			this.spacing = 0;
		}
	}

	/**
	 * Permit for one request.
	 *
	 * @param limits the number of limits that were known when the request started
	 */
	record Permit(int limits) {
	}

}
