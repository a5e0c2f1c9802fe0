package io.github.tursospring.auditlog.follow;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

import io.github.tursospring.auditlog.AuditLogClient;

/**
 * Follows audit logs for as long as the application runs: starts after everything else,
 * hands pages to a handler one at a time, and stops by finishing the page in hand.
 *
 * @since 0.1.0
 */
public final class AuditLogFollower implements SmartLifecycle, DisposableBean {

	private final Map<String, OrganizationFollower> followers = new LinkedHashMap<>();

	private final Map<String, StatusTracker> statuses = new LinkedHashMap<>();

	private StopSignal stop = new StopSignal();

	private Mono<Void> stopped = Mono.empty();

	private @Nullable Disposable running;

	/**
	 * Create a new follower.
	 * @param organizations slugs of the organizations to follow
	 * @param client the client
	 * @param store where positions are kept
	 * @param delivery hands pages over
	 * @param lock which instance follows
	 * @param settings how to follow
	 */
	public AuditLogFollower(List<String> organizations, AuditLogClient client, AuditLogCheckpointStore store,
			PageDelivery delivery, FollowerLock lock, FollowerSettings settings) {
		this(organizations, client, store, delivery, lock, settings, CheckpointListener.NONE);
	}

	/**
	 * Create a new follower.
	 * @param organizations slugs of the organizations to follow
	 * @param client the client
	 * @param store where positions are kept
	 * @param delivery hands pages over
	 * @param lock which instance follows
	 * @param settings how to follow
	 * @param listener is told when positions cannot be loaded, or have been moved
	 */
	public AuditLogFollower(List<String> organizations, AuditLogClient client, AuditLogCheckpointStore store,
			PageDelivery delivery, FollowerLock lock, FollowerSettings settings, CheckpointListener listener) {
		for (String organization : organizations) {
			StatusTracker status = new StatusTracker(Clock.systemUTC());
			this.statuses.put(organization, status);
			this.followers.put(organization,
					new OrganizationFollower(organization, client, store, delivery, lock, settings, status, listener));
		}
	}

	/**
	 * Return what the follower of each organization is doing.
	 * @return the statuses by organization
	 */
	public Map<String, FollowerStatus> status() {
		Map<String, FollowerStatus> status = new LinkedHashMap<>();
		this.statuses.forEach((organization, tracker) -> status.put(organization, tracker.status()));
		return status;
	}

	@Override
	public synchronized void start() {
		StopSignal stopping = new StopSignal();
		Mono<Void> run = Flux.fromIterable(this.followers.values())
			.flatMap((follower) -> follower.run(stopping), Math.max(1, this.followers.size()))
			.then()
			.cache();
		this.stop = stopping;
		this.stopped = run;
		this.running = run.subscribe();
	}

	/** Stop once the page in hand has been dealt with, without waiting for it. */
	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public synchronized void stop(Runnable callback) {
		this.stop.give();
		this.stopped.subscribe(null, (ex) -> callback.run(), callback);
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running != null && !this.running.isDisposed();
	}

	/** Give up the page in hand, if it has not been finished in the time for stopping. */
	@Override
	public synchronized void destroy() {
		if (this.running != null) {
			this.running.dispose();
		}
	}

}
