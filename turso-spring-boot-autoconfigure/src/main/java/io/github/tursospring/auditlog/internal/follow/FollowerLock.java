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
	 * Acquire the lock.
	 * @param key the follower and organization
	 * @return the lease, or empty if another instance has it
	 */
	Mono<Lease> acquire(CheckpointKey key);

	/**
	 * Lease of the lock of one follower and organization.
	 */
	interface Lease {

		/**
		 * Extend the lease for as long as this is subscribed to.
		 * @return fails when the lock is lost, and never completes
		 */
		default Mono<Void> keep() {
			return Mono.never();
		}

		/**
		 * Release the lock.
		 * @return completes when another instance can acquire it
		 */
		default Mono<Void> release() {
			return Mono.empty();
		}

	}

}
