package io.github.tursospring.auditlog.follow;

import reactor.core.publisher.Mono;

/**
 * Decides which one of several instances follows an organization.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FollowerLock {

	/** For an instance that is alone. */
	FollowerLock ALONE = (organization) -> Mono.just(new Lease() {
	});

	/**
	 * Take the lead for an organization.
	 * @param organization the organization's slug
	 * @return the lease, or empty if another instance has it
	 */
	Mono<Lease> acquire(String organization);

	/**
	 * The lead for an organization.
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
		 * @return completes when another instance can take it
		 */
		default Mono<Void> release() {
			return Mono.empty();
		}

	}

}
