package io.github.tursospring.auditlog.follow;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps the positions that managed followers have reached.
 *
 * @since 0.1.0
 */
public interface AuditLogCheckpointStore {

	/**
	 * Return the position of an organization's follower.
	 * @param organization the organization's slug
	 * @return the token that was saved last, or empty if there is none
	 */
	Mono<String> load(String organization);

	/**
	 * Save a position, if the one before it is still what is stored: so that a follower
	 * that has been overtaken by another one finds out.
	 * @param organization the organization's slug
	 * @param previousToken the token that this one follows, {@code null} for the first
	 * @param token the token to save
	 * @return {@code true} once the token is stored durably (or was stored already),
	 * {@code false} if another one is stored; an error leaves the stored one as it was
	 */
	Mono<Boolean> save(String organization, @Nullable String previousToken, String token);

}
