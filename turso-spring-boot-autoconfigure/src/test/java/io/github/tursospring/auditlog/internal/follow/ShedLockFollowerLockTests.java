package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import net.javacrumbs.shedlock.core.SimpleLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.internal.follow.FollowerLock.Lease;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShedLockFollowerLock} with a lock provider that fails.
 */
class ShedLockFollowerLockTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final CountDownLatch hang = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.hang.countDown();
	}

	@Test
	void keepWhenExtensionHangsShouldFailOnceTheLockHasExpired() {
		assertLost(() -> {
			try {
				this.hang.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return Optional.empty();
		}, "could not be extended before it expired");
	}

	@Test
	void keepWhenExtensionThrowsAnErrorShouldFailOnceTheLockHasExpired() {
		assertLost(() -> {
			throw new NoClassDefFoundError("made up");
		}, "could not be extended before it expired");
	}

	@Test
	void keepWhenAnotherInstanceHasTheLockShouldFail() {
		assertLost(Optional::empty, "was lost to another instance");
	}

	private static void assertLost(Supplier<Optional<SimpleLock>> extension, String message) {
		SimpleLock lock = new SimpleLock() {

			@Override
			public void unlock() {
			}

			@Override
			public Optional<SimpleLock> extend(Duration lockAtMostFor, Duration lockAtLeastFor) {
				return extension.get();
			}

		};
		ShedLockFollowerLock followerLock = new ShedLockFollowerLock((configuration) -> Optional.of(lock),
				Duration.ofMillis(300));
		StepVerifier.create(followerLock.acquire(Instance.KEY).flatMap(Lease::keep))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining(message))
			.verify(LIMIT);
	}

}
