package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;

/**
 * Delivers at least once: the position is saved after the handler has completed. The
 * handler is not called if the stored position was changed, nor again if only saving
 * fails.
 */
public final class HandlerDelivery implements PageDelivery {

	private final AuditLogHandler handler;

	private final AuditLogCheckpointStore store;

	private final Duration timeout;

	private final Map<CheckpointKey, HandlerCalls> calls = new ConcurrentHashMap<>();

	private final Map<CheckpointKey, Step> handled = new ConcurrentHashMap<>();

	/**
	 * Create a new delivery.
	 * @param handler the handler
	 * @param store where positions are stored
	 * @param timeout the longest time that the handler may take for a page
	 */
	public HandlerDelivery(AuditLogHandler handler, AuditLogCheckpointStore store, Duration timeout) {
		this.handler = handler;
		this.store = store;
		this.timeout = timeout;
	}

	@Override
	public Mono<Boolean> deliver(AuditLogPage page, @Nullable String previous, StatusTracker status) {
		CheckpointKey key = status.key();
		String token = Objects.requireNonNull(page.nextPageToken(), "token");
		if (page.auditLogs().isEmpty() || new Step(previous, token).equals(this.handled.get(key))) {
			return save(key, previous, token, status);
		}
		return isStored(key, previous, status)
			.flatMap((current) -> current ? handle(key, page, new Step(previous, token), status)
				.then(Mono.defer(() -> save(key, previous, token, status))) : Mono.just(false));
	}

	/**
	 * Once another instance has saved a page that was handled here, an operator may
	 * replay it from the same position.
	 */
	@Override
	public void loaded(CheckpointKey key, @Nullable String stored) {
		StoredPosition position = StoredPosition.valid(stored);
		this.handled.computeIfPresent(key, (same,
				step) -> (position != null && position.pause().equals(StoredPosition.parse(step.previous()).pause()))
						? step : null);
	}

	private Mono<Boolean> isStored(CheckpointKey key, @Nullable String expected, StatusTracker status) {
		return TimeLimit.ofStore(this.timeout, Mono.defer(() -> this.store.load(key)))
			.doOnError(status::loadFailed)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.map((stored) -> Objects.equals(stored.orElse(null), expected));
	}

	private Mono<Void> handle(CheckpointKey key, AuditLogPage page, Step step, StatusTracker status) {
		return this.calls.computeIfAbsent(key, (absent) -> new HandlerCalls(key, this.timeout))
			.reactive(() -> this.handler.handle(key.organization(), page))
			.doOnError(status::handlerFailed)
			.doOnSuccess((done) -> this.handled.put(key, step));
	}

	private Mono<Boolean> save(CheckpointKey key, @Nullable String previous, String token, StatusTracker status) {
		return TimeLimit.ofStore(this.timeout, Mono.defer(() -> this.store.save(key, previous, token)))
			.defaultIfEmpty(false)
			.flatMap((saved) -> saved ? Mono.just(true) : savePaused(key, previous, token))
			.defaultIfEmpty(false)
			.doOnError(status::saveFailed)
			.doOnNext((saved) -> this.handled.remove(key));
	}

	/** A page that was in hand when the follower was paused counts as delivered. */
	private Mono<Boolean> savePaused(CheckpointKey key, @Nullable String previous, String token) {
		return TimeLimit.ofStore(this.timeout, this.store.save(key, StoredPosition.parse(previous).pause().format(),
				StoredPosition.parse(token).pause().format()));
	}

	/**
	 * A page that was handled but not saved, by the positions before and after it.
	 *
	 * @param previous the position before the page
	 * @param token the position after it
	 */
	private record Step(@Nullable String previous, String token) {
	}

}
