package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.StorageBasedLockProvider;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.internal.http.LateErrors;

/**
 * {@link FollowerLock} with ShedLock: of all instances that share the lock provider, one
 * follows. It extends its lock while it follows and releases it when it stops. When it
 * dies, the lock expires after {@code lockAtMostFor}, and another instance takes over.
 */
public final class ShedLockFollowerLock implements FollowerLock {

	private static final Log logger = LogFactory.getLog(ShedLockFollowerLock.class);

	private static final int EXTENSIONS_PER_LEASE = 3;

	private final LockProvider lockProvider;

	private final Duration lockAtMostFor;

	private volatile long rowsForgotten = System.nanoTime();

	/**
	 * Create a new lock.
	 * @param lockProvider where locks are stored
	 * @param lockAtMostFor how long the lock of an instance that died is kept, as
	 * ShedLock defines it
	 */
	public ShedLockFollowerLock(LockProvider lockProvider, Duration lockAtMostFor) {
		this.lockProvider = lockProvider;
		this.lockAtMostFor = lockAtMostFor;
	}

	@Override
	public Mono<Lease> acquire(CheckpointKey key) {
		return Mono.fromCallable(
				() -> lock(new LockConfiguration(Instant.now(), LockNames.of(key), this.lockAtMostFor, Duration.ZERO)))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap(Mono::justOrEmpty)
			.map((lock) -> new ShedLockLease(lock, key));
	}

	/**
	 * ShedLock remembers which locks have a row. A row that was deleted is created again
	 * only once that is forgotten; until then, no instance gets the lock.
	 */
	private Optional<SimpleLock> lock(LockConfiguration configuration) {
		Optional<SimpleLock> lock = this.lockProvider.lock(configuration);
		long now = System.nanoTime();
		if (lock.isEmpty() && this.lockProvider instanceof StorageBasedLockProvider provider
				&& now - this.rowsForgotten > this.lockAtMostFor.toNanos()) {
			this.rowsForgotten = now;
			provider.clearCache();
		}
		return lock;
	}

	private final class ShedLockLease implements Lease {

		private final CheckpointKey key;

		private volatile SimpleLock lock;

		private volatile long heldSince = System.nanoTime();

		ShedLockLease(SimpleLock lock, CheckpointKey key) {
			this.lock = lock;
			this.key = key;
		}

		@Override
		public Mono<Void> keep() {
			Duration lockAtMostFor = ShedLockFollowerLock.this.lockAtMostFor;
			return Flux.interval(lockAtMostFor.dividedBy(EXTENSIONS_PER_LEASE))
				.onBackpressureDrop()
				.concatMap((tick) -> extend(lockAtMostFor).subscribeOn(Schedulers.boundedElastic())
					.timeout(lockAtMostFor, Mono.error(() -> lost("could not be extended before it expired")))
					.contextWrite(LateErrors::logQuietly), 1)
				.then();
		}

		private Mono<Void> extend(Duration lockAtMostFor) {
			return Mono.fromRunnable(() -> {
				long start = System.nanoTime();
				Optional<SimpleLock> extended;
				try {
					extended = this.lock.extend(lockAtMostFor, Duration.ZERO);
				}
				catch (RuntimeException ex) {
					tolerate(ex, lockAtMostFor);
					return;
				}
				this.lock = extended.orElseThrow(() -> lost("was lost to another instance"));
				this.heldSince = start;
			});
		}

		/** The lock is held until it expires, so an extension may be tried again. */
		private void tolerate(RuntimeException failure, Duration lockAtMostFor) {
			Duration retry = lockAtMostFor.dividedBy(EXTENSIONS_PER_LEASE);
			if (System.nanoTime() - this.heldSince > lockAtMostFor.minus(retry).toNanos()) {
				throw failure;
			}
			logger.warn("The lock of follower '" + this.key.follower() + "' of organization '" + this.key.organization()
					+ "' could not be extended; retrying in " + retry.toMillis() + " ms: "
					+ FailureDescription.of(failure));
		}

		private IllegalStateException lost(String reason) {
			return new IllegalStateException("The lock of follower '" + this.key.follower() + "' of organization '"
					+ this.key.organization() + "' " + reason);
		}

		@Override
		public Mono<Void> release() {
			return Mono.<Void>fromRunnable(() -> this.lock.unlock()).subscribeOn(Schedulers.boundedElastic());
		}

	}

}
