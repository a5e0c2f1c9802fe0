package io.github.tursospring.auditlog.follow;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps positions in memory: they are lost when the application ends, and other instances
 * do not see them.
 *
 * @since 0.1.0
 */
public final class InMemoryAuditLogCheckpointStore implements AuditLogCheckpointStore {

	private final ConcurrentMap<String, String> tokens = new ConcurrentHashMap<>();

	@Override
	public Mono<String> load(String organization) {
		return Mono.fromCallable(() -> this.tokens.get(organization));
	}

	@Override
	public Mono<Boolean> save(String organization, @Nullable String previousToken, String token) {
		return Mono.fromCallable(() -> token.equals(this.tokens.compute(organization,
				(key, stored) -> Objects.equals(stored, previousToken) ? token : stored)));
	}

}
