package io.github.tursospring.auditlog.internal.follow;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.CheckpointKey;

/**
 * Stores positions in memory: they are lost when the application ends, and other
 * instances do not see them.
 */
public final class InMemoryAuditLogCheckpointStore implements AuditLogCheckpointStore {

	private final ConcurrentMap<CheckpointKey, String> positions = new ConcurrentHashMap<>();

	@Override
	public Mono<String> load(CheckpointKey key) {
		return Mono.fromCallable(() -> this.positions.get(key));
	}

	@Override
	public Mono<Boolean> save(CheckpointKey key, @Nullable String previous, String position) {
		return Mono.fromCallable(() -> position.equals(this.positions.compute(key,
				(stored, current) -> Objects.equals(current, previous) ? position : current)));
	}

	@Override
	public Flux<CheckpointKey> keys() {
		return Flux.defer(() -> Flux.fromIterable(this.positions.keySet()));
	}

	@Override
	public String describe(CheckpointKey key) {
		return "memory";
	}

}
