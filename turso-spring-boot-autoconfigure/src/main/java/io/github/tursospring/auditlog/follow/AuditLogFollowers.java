package io.github.tursospring.auditlog.follow;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Mono;

/**
 * The followers of this application: their status, and operations on them.
 * <p>
 * Operations change the stored position by compare-and-set, so that they are safe while
 * any instance follows, and apply to all instances: the one that follows learns of the
 * change before it handles its next page, or within ten seconds. They survive restarts.
 * They fail if the checkpoint store does not respond within ten seconds.
 *
 * @since 0.1.0
 */
public interface AuditLogFollowers {

	/**
	 * Return what this instance's followers are doing.
	 * @return a status for each follower and organization
	 */
	List<FollowerStatus> statuses();

	/**
	 * Pause a follower until it is resumed. The page in hand is finished first.
	 * @param key the follower and organization
	 * @return completes when the pause is stored, or the follower was paused already
	 */
	Mono<Void> pause(CheckpointKey key);

	/**
	 * Resume a paused follower where it was paused. One that has stopped at a gap resumes
	 * with the oldest entry of the log.
	 * @param key the follower and organization
	 * @return completes when that is stored
	 */
	Mono<Void> resume(CheckpointKey key);

	/**
	 * Make a follower deliver every entry from a time on, whether or not it has delivered
	 * it before. Entries before that time that it has not delivered yet are skipped. A
	 * paused follower stays paused.
	 * @param key the follower and organization
	 * @param from the creation time of the first entry to deliver; not in the future
	 * @return completes when that is stored
	 */
	Mono<Void> replay(CheckpointKey key, Instant from);

}
