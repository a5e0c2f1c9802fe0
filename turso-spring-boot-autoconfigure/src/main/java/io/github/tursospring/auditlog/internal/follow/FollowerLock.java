package io.github.tursospring.auditlog.internal.follow;

import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.follow.CheckpointKey;

/**
 * Decides which one of several instances follows.
 */
@FunctionalInterface
public interface FollowerLock {

	/** For a single instance. */
	FollowerLock NONE = (key) -> Mono.just(new Lease() {
	});

	/**
	 * Acquire the lead.
	 * @param key the follower and organization
	 * @return the lease, or empty if another instance has it
	 */
	Mono<Lease> acquire(CheckpointKey key);

	/**
	 * The lead for one follower and organization.
	 */
	interface Lease {

		/**
		 * Keep the lead for as long as this is subscribed to.
		 * @return fails when the lead is lost, and never completes
		 */
		default Mono<Void> keep() {
			return Mono.never();
		}

		/**
		 * Give up the lead.
		 * @return completes when another instance can acquire it
		 */
		default Mono<Void> release() {
			return Mono.empty();
		}

	}

}
