package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;

/**
 * The followers of an application. They start after everything else, and stop by
 * finishing the pages in hand.
 */
public final class ManagedFollowers implements AuditLogFollowers, SmartLifecycle, DisposableBean {

	private static final int CHANGE_ATTEMPTS = 100;

	/** An operator waits for the response. */
	private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(10);

	private final Map<CheckpointKey, OrganizationFollower> followers = new LinkedHashMap<>();

	private final Map<CheckpointKey, StatusTracker> statuses = new LinkedHashMap<>();

	private final FollowerEnvironment environment;

	private final KeepAlive keepAlive = new KeepAlive();

	private StopSignal stop = new StopSignal();

	private Mono<Void> stopped = Mono.empty();

	private final Sinks.Empty<Void> destroyed = Sinks.empty();

	private @Nullable Disposable running;

	/**
	 * Create the followers.
	 * @param followers the followers
	 * @param environment what they share
	 */
	public ManagedFollowers(List<Follower> followers, FollowerEnvironment environment) {
		this.environment = environment;
		for (Follower follower : followers) {
			for (String organization : follower.settings().organizations()) {
				CheckpointKey key = new CheckpointKey(follower.name(), organization);
				StatusTracker status = new StatusTracker(key, environment.clock());
				this.statuses.put(key, status);
				this.followers.put(key, new OrganizationFollower(follower, environment, status));
			}
		}
	}

	@Override
	public List<FollowerStatus> statuses() {
		return this.statuses.values().stream().map(StatusTracker::status).toList();
	}

	@Override
	public Mono<Void> pause(CheckpointKey key) {
		return change(key, (stored) -> StoredPosition.parse(stored).pause());
	}

	@Override
	public Mono<Void> resume(CheckpointKey key) {
		return change(key, (stored) -> StoredPosition.parse(stored).resume());
	}

	@Override
	public Mono<Void> replay(CheckpointKey key, Instant from) {
		if (from.isAfter(this.environment.clock().instant())) {
			return Mono.error(() -> new IllegalArgumentException("Cannot replay: " + from + " is in the future"));
		}
		return change(key, (stored) -> StoredPosition.replay(stored, from));
	}

	private Mono<Void> change(CheckpointKey key, Function<@Nullable String, StoredPosition> change) {
		OrganizationFollower follower = this.followers.get(key);
		if (follower == null) {
			return Mono.error(() -> new IllegalArgumentException("There is no follower '" + key.follower()
					+ "' of organization '" + key.organization() + "'; followers: " + this.followers.keySet()));
		}
		Mono<Boolean> attempt = Mono.defer(() -> this.environment.store().load(key))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((stored) -> changed(key, stored.orElse(null), change));
		return TimeLimit.ofStore(CHANGE_TIMEOUT, attempt)
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(ContendedException::new))
			.retryWhen(Retry.backoff(CHANGE_ATTEMPTS, Duration.ofMillis(1))
				.maxBackoff(Duration.ofMillis(20))
				.filter(ContendedException.class::isInstance)
				.onRetryExhaustedThrow((retry, signal) -> signal.failure()))
			.doOnNext((done) -> follower.wakeUp())
			.then();
	}

	private Mono<Boolean> changed(CheckpointKey key, @Nullable String stored,
			Function<@Nullable String, StoredPosition> change) {
		StoredPosition next = change.apply(stored);
		return next.equals(StoredPosition.valid(stored)) ? Mono.just(true)
				: this.environment.store().save(key, stored, next.format());
	}

	/** Pages in hand from before are finished first. */
	@Override
	public synchronized void start() {
		Mono<Void> before = this.stopped;
		StopSignal stopping = new StopSignal();
		Sinks.Empty<Void> ended = Sinks.empty();
		this.stop = stopping;
		this.stopped = ended.asMono();
		if (!this.followers.isEmpty()) {
			this.keepAlive.start();
		}
		this.running = before.thenMany(Flux.fromIterable(this.followers.values()))
			.flatMapDelayError((follower) -> follower.run(stopping), Math.max(1, this.followers.size()), 1)
			.takeUntilOther(this.destroyed.asMono())
			.doFinally((signal) -> ended.tryEmitEmpty())
			.subscribe();
	}

	/** Stop once the pages in hand have been handled, without waiting for them. */
	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public synchronized void stop(Runnable callback) {
		this.keepAlive.stop();
		this.stop.give();
		this.stopped.subscribe(null, null, callback);
	}

	/** Not while it stops: a context that starts again starts what does not run. */
	@Override
	public synchronized boolean isRunning() {
		return this.running != null && !this.running.isDisposed() && !this.stop.isGiven();
	}

	/** Give up pages in hand that were not finished in the time for stopping. */
	@Override
	public synchronized void destroy() {
		this.keepAlive.stop();
		this.destroyed.tryEmitEmpty();
	}

	/**
	 * Thrown when a position was changed between loading and saving it.
	 */
	private static final class ContendedException extends RuntimeException {

		ContendedException() {
			super("The position could not be changed, as the follower saves it too often; try again", null, false,
					false);
		}

	}

}
