package io.github.tursospring.auditlog.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * {@link FollowerLock} by ShedLock: of all instances that share the lock provider, one
 * follows an organization. It extends its lock while it follows and releases it when it
 * stops; when it dies, another one takes over once the lock has expired.
 *
 * @since 0.1.0
 */
public final class ShedLockFollowerLock implements FollowerLock {

	private static final int EXTENSIONS_IN_LEASE = 3;

	private final LockProvider lockProvider;

	private final Duration lease;

	/**
	 * Create a new lock.
	 * @param lockProvider where locks are kept
	 * @param lockAtMostFor how long it may take until another instance follows in the
	 * place of one that has died. The lock itself is held for two thirds of it at a time,
	 * so that there is time left to take over
	 */
	public ShedLockFollowerLock(LockProvider lockProvider, Duration lockAtMostFor) {
		this.lockProvider = lockProvider;
		this.lease = lockAtMostFor.multipliedBy(2).dividedBy(3);
	}

	@Override
	public Mono<Lease> acquire(String organization) {
		return Mono
			.fromCallable(() -> this.lockProvider.lock(new LockConfiguration(Instant.now(),
					"turso-audit-log-follower-" + organization, this.lease, Duration.ZERO)))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap(Mono::justOrEmpty)
			.map((lock) -> new ShedLockLease(lock, organization));
	}

	private final class ShedLockLease implements Lease {

		private final String organization;

		private volatile SimpleLock lock;

		ShedLockLease(SimpleLock lock, String organization) {
			this.lock = lock;
			this.organization = organization;
		}

		@Override
		public Mono<Void> keep() {
			Duration lease = ShedLockFollowerLock.this.lease;
			return Flux.interval(lease.dividedBy(EXTENSIONS_IN_LEASE))
				.onBackpressureDrop()
				.concatMap((tick) -> extend(lease).subscribeOn(Schedulers.boundedElastic()), 1)
				.then();
		}

		private Mono<Void> extend(Duration lease) {
			return Mono.fromRunnable(() -> {
				Optional<SimpleLock> extended = this.lock.extend(lease, Duration.ZERO);
				this.lock = extended
					.orElseThrow(() -> new IllegalStateException("The lock of the follower of organization '"
							+ this.organization + "' was lost to another one"));
			});
		}

		@Override
		public Mono<Void> release() {
			return Mono.<Void>fromRunnable(() -> this.lock.unlock()).subscribeOn(Schedulers.boundedElastic());
		}

	}

}
