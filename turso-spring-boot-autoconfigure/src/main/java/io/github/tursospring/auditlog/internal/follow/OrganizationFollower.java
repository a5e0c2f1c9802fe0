package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import reactor.util.retry.Retry;

import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.follow.FollowerLock.Lease;

/**
 * Follows one organization, attempt by attempt: acquires the lock, resumes at the stored
 * position, delivers page by page, and releases the lock when it is stopped, overtaken or
 * fails. Meanwhile it watches the stored position, since an operator may change it: it
 * then keeps the lock and resumes there.
 */
final class OrganizationFollower {

	private static final Duration LONGEST_WATCH_INTERVAL = Duration.ofSeconds(10);

	private static final Duration LEAST_STALL_TIMEOUT = Duration.ofMinutes(15);

	private final Follower follower;

	private final FollowerEnvironment environment;

	private final StatusTracker status;

	private final Sinks.Many<Boolean> wakeUps = Sinks.many().multicast().directBestEffort();

	private volatile Progress progress = new Progress(null, false);

	private long failures;

	private Duration pause = Duration.ZERO;

	private long overtakings;

	private long overtakenAt;

	OrganizationFollower(Follower follower, FollowerEnvironment environment, StatusTracker status) {
		this.follower = follower;
		this.environment = environment;
		this.status = status;
	}

	/** Look at the stored position now, as it was changed. */
	void wakeUp() {
		this.wakeUps.emitNext(true, EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
	}

	/**
	 * Follow until stopped, even if a failure cannot be logged.
	 * @param stop given when the page in hand is to be the last one
	 * @return completes when that has been handled
	 */
	Mono<Void> run(StopSignal stop) {
		return Mono.defer(() -> attempt(stop))
			.onErrorResume((ex) -> Mono.fromRunnable(() -> ended(ex, stop)))
			.onErrorComplete()
			.then(Mono.defer(() -> Mono.firstWithSignal(Mono.delay(this.pause).then(), stop.asMono(), wokenUp())))
			.repeat(() -> !stop.isGiven())
			.then()
			.doOnTerminate(this.status::stopped)
			.doOnCancel(this.status::stopped);
	}

	private Mono<Void> wokenUp() {
		return this.wakeUps.asFlux().next().then();
	}

	private Mono<Void> attempt(StopSignal stop) {
		this.pause = settings().backoff().after(1);
		Mono<Lease> lease = TimeLimit
			.ofLock(settings().handlerTimeout(), Mono.defer(() -> this.environment.lock().acquire(this.status.key())))
			.switchIfEmpty(Mono.defer(this::standBy));
		return Mono.usingWhen(lease,
				(taken) -> Mono.firstWithSignal(lead(stop), taken.keep().doOnError((ex) -> this.status.notLeading()))
					.doOnError(this::failed),
				this::release);
	}

	/**
	 * A failure is shown while the store fails as well, and one with a page in hand until
	 * the position has changed: until then, the other instance may fail in the same way.
	 */
	private Mono<Lease> standBy() {
		if (!this.status.isFailing()) {
			return Mono.fromRunnable(this.status::standingBy);
		}
		this.status.notLeading();
		Progress last = this.progress;
		return position().filter((stored) -> !last.pageInHand() || !Objects.equals(stored.orElse(null), last.stored()))
			.flatMap((stored) -> Mono.fromRunnable(this.status::standingBy));
	}

	/** Shown at once, since releasing the lock can take long. */
	private void failed(Throwable failure) {
		if (!(failure instanceof PositionChangedException)) {
			this.status.failed(failure);
		}
	}

	private Mono<Void> release(Lease lease) {
		return TimeLimit.ofLock(settings().handlerTimeout(), lease.release())
			.onErrorResume((ex) -> Mono.fromRunnable(() -> this.status.log().releaseFailed(ex)));
	}

	private Mono<Void> lead(StopSignal stop) {
		Mono<Void> led = position().flatMap((stored) -> {
			this.progress = new Progress(stored.orElse(null), false);
			StoredPosition position = StoredPosition.parse(stored.orElse(null));
			return Mono.firstWithSignal(work(position, stop), watch());
		});
		return led.retryWhen(Retry.indefinitely()
			.filter(PositionChangedException::isRequest)
			.doBeforeRetry((signal) -> this.status.requested()));
	}

	private Mono<Void> work(StoredPosition position, StopSignal stop) {
		if (position.paused()) {
			this.status.paused();
			return stop.asMono();
		}
		if (position.gap() != null && settings().stopAtGap()) {
			this.status.stoppedAt(position.gap());
			return stop.asMono();
		}
		this.status.leading(describe(position), place());
		return follow(position, stop);
	}

	private String describe(StoredPosition position) {
		if (position.token() != null) {
			return "resumes after its position";
		}
		AuditLogQuery query = query(position);
		return (query.startTime() != null) ? "starts at entries of " + query.startTime() : "starts at the oldest entry";
	}

	private Mono<Void> follow(StoredPosition position, StopSignal stop) {
		return Flux.defer(() -> this.environment.client().follow(query(position)))
			.contextWrite((context) -> context.put(FollowListener.class, this.status)
				.put(FollowSettings.class, settings().reading()))
			.takeUntilOther(stop.asMono())
			.concatMap((page) -> deliver(page, stop), 0)
			.then();
	}

	private AuditLogQuery query(StoredPosition position) {
		AuditLogQuery.Builder query = this.follower.filters()
			.toBuilder()
			.organization(this.status.key().organization())
			.startTime((position.replayFrom() != null) ? position.replayFrom() : settings().startTime());
		return query.pageToken(position.token()).build();
	}

	private Mono<Void> deliver(AuditLogPage page, StopSignal stop) {
		String previous = this.progress.stored();
		this.progress = new Progress(previous, true);
		if (page.gap() != null && settings().stopAtGap() && !StoredPosition.parse(previous).gapAccepted()) {
			return stopAt(page.gap(), previous);
		}
		if (page.gap() != null) {
			this.status.gap(page.gap());
		}
		this.status.received(page);
		return Mono.defer(() -> this.follower.delivery().deliver(page, previous, this.status))
			.retryWhen(retry(page, stop))
			.flatMap((saved) -> saved ? Mono.<Void>fromRunnable(() -> delivered(page)) : changed(previous));
	}

	private Mono<Void> changed(@Nullable String from) {
		return load().flatMap((stored) -> Mono.error(change(from, stored)));
	}

	private static RuntimeException change(@Nullable String from, Optional<String> to) {
		if (Objects.equals(from, to.orElse(null))) {
			return new IllegalStateException("The checkpoint store refuses to replace the position that it returns:"
					+ " it returns stale values");
		}
		if (to.isEmpty()) {
			return new IllegalStateException("The checkpoint store no longer has the position that was saved: it was"
					+ " removed, or the store does not keep positions");
		}
		return new PositionChangedException(
				StoredPosition.parse(from).isHalted() || StoredPosition.parse(to.get()).isRequest());
	}

	private Mono<Void> stopAt(AuditLogGap gap, @Nullable String previous) {
		String stopped = StoredPosition.parse(previous).stopAt(gap).format();
		return TimeLimit
			.ofStore(settings().handlerTimeout(),
					Mono.defer(() -> this.environment.store().save(this.status.key(), previous, stopped)))
			.doOnError(this.status::saveFailed)
			.then(changed(previous));
	}

	private void delivered(AuditLogPage page) {
		this.failures = 0;
		this.status.delivered(page);
		this.progress = new Progress(page.nextPageToken(), false);
	}

	private Retry retry(AuditLogPage page, StopSignal stop) {
		return Retry.from((signals) -> signals.concatMap((signal) -> {
			Throwable failure = signal.failure();
			if (failure instanceof HandlerTimeoutException) {
				return Mono.error(failure);
			}
			Duration wait = settings().backoff().after(signal.totalRetries() + 1);
			this.status.failed(failure);
			this.status.log().pageFailed(page.auditLogs().size(), wait, failure, signal.totalRetries() == 0);
			Mono<Boolean> stopped = stop.asMono().then(Mono.error(failure));
			return Mono.firstWithSignal(Mono.delay(wait).thenReturn(true), wokenUp().thenReturn(true), stopped);
		}));
	}

	/**
	 * Fails when the stored position is changed, or nothing has been read for long.
	 * Operations beyond those that wait for a look need no look of their own; without
	 * dropping them, they would overflow and terminate the sink.
	 */
	private Mono<Void> watch() {
		Duration interval = settings().reading().pollInterval();
		Duration watched = (interval.compareTo(LONGEST_WATCH_INTERVAL) < 0) ? interval : LONGEST_WATCH_INTERVAL;
		return Flux
			.merge(Flux.interval(watched).map((tick) -> true).onBackpressureDrop(),
					this.wakeUps.asFlux().onBackpressureDrop())
			.concatMap((tick) -> look(), 1)
			.then();
	}

	private Mono<Void> look() {
		Progress before = this.progress;
		if (before.pageInHand()) {
			return Mono.empty();
		}
		if (this.status.isStalled(stallTimeout())) {
			return Mono.error(new IllegalStateException("No page was read for " + stallTimeout().toSeconds() + " s"));
		}
		return load().onErrorResume((ex) -> Mono.empty())
			.flatMap((stored) -> (this.progress.equals(before) && !Objects.equals(stored.orElse(null), before.stored()))
					? Mono.error(change(before.stored(), stored)) : Mono.empty());
	}

	private Duration stallTimeout() {
		FollowSettings reading = settings().reading();
		Duration longest = reading.pollInterval().plus(reading.maxBackoff()).multipliedBy(2);
		return (longest.compareTo(LEAST_STALL_TIMEOUT) > 0) ? longest : LEAST_STALL_TIMEOUT;
	}

	private Mono<Optional<String>> position() {
		return load().doOnError(this.status::loadFailed)
			.doOnNext((stored) -> this.follower.delivery().loaded(this.status.key(), stored.orElse(null)));
	}

	private Mono<Optional<String>> load() {
		return TimeLimit
			.ofStore(settings().handlerTimeout(), Mono.defer(() -> this.environment.store().load(this.status.key())))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty());
	}

	private void ended(Throwable failure, StopSignal stop) {
		if (stop.isGiven()) {
			return;
		}
		if (failure instanceof PositionChangedException) {
			overtaken();
			return;
		}
		this.failures++;
		this.pause = settings().backoff().after(this.failures);
		this.status.attemptFailed(failure);
		this.status.log().attemptFailed(failure, this.pause, place());
	}

	private void overtaken() {
		long now = System.nanoTime();
		long quiet = settings().backoff().maxDelay().multipliedBy(2).toNanos();
		this.overtakings = (this.overtakings > 0 && now - this.overtakenAt < quiet) ? this.overtakings + 1 : 1;
		this.overtakenAt = now;
		this.pause = settings().backoff().after(this.overtakings);
		this.status.overtaken();
		this.status.log().overtaken(this.pause);
	}

	private FollowerSettings settings() {
		return this.follower.settings();
	}

	/** It is only for the log: a store that fails here must not end the follower. */
	private String place() {
		try {
			return this.environment.store().describe(this.status.key());
		}
		catch (RuntimeException ex) {
			return this.environment.store().getClass().getName();
		}
	}

	/**
	 * Progress of delivery.
	 *
	 * @param stored what is stored
	 * @param pageInHand whether the page after it is being handled
	 */
	private record Progress(@Nullable String stored, boolean pageInHand) {
	}

}
