package io.github.tursospring.auditlog.follow;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores the positions that followers have reached.
 * <p>
 * A position is opaque text. Besides page tokens, followers store in it that they are
 * paused or replay from a time, so that every instance of an application learns of it.
 *
 * @since 0.1.0
 */
public interface AuditLogCheckpointStore {

	/**
	 * Return the position of a follower.
	 * @param key the follower and organization
	 * @return the position that was saved last, or empty if there is none
	 */
	Mono<String> load(CheckpointKey key);

	/**
	 * Save a position if the previous one is still what is stored. The comparison is how
	 * a follower finds out that another instance or an operator has changed it.
	 * @param key the follower and organization
	 * @param previous the position that this one replaces, {@code null} for the first
	 * @param position the position to save
	 * @return {@code true} once the position is stored durably (or was stored already),
	 * {@code false} if another one is stored; an error leaves the stored one unchanged
	 */
	Mono<Boolean> save(CheckpointKey key, @Nullable String previous, String position);

	/**
	 * Return the keys of all positions. Called once at start, to report positions of
	 * followers that no longer exist.
	 * @return the keys; an {@link IllegalStateException} says that the store cannot be
	 * used until its setup is changed (a table is missing, for example), and the
	 * application does not start
	 */
	default Flux<CheckpointKey> keys() {
		return Flux.empty();
	}

	/**
	 * Describe where a position is stored, for log lines and messages.
	 * @param key the follower and organization
	 * @return the place, such as a file or a table's row
	 */
	default String describe(CheckpointKey key) {
		return getClass().getName();
	}

}
