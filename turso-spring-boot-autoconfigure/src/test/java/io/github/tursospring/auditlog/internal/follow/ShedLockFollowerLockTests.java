package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.tursospring.auditlog.internal.follow.FollowerLock.Lease;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShedLockFollowerLock} with a lock provider that fails, and with a lock
 * whose row was deleted.
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

	@Test
	void acquireWhenTheRowOfTheLockWasDeletedShouldCreateItAgain() {
		JdbcTemplate jdbcTemplate = new JdbcTemplate(
				new DriverManagerDataSource("jdbc:h2:mem:deletedlock;DB_CLOSE_DELAY=-1"));
		jdbcTemplate.execute("create table shedlock (name varchar(64) primary key, lock_until timestamp not null,"
				+ " locked_at timestamp not null, locked_by varchar(255) not null)");
		ShedLockFollowerLock lock = new ShedLockFollowerLock(new JdbcTemplateLockProvider(jdbcTemplate),
				Duration.ofMillis(300));
		assertThat(lock.acquire(Instance.KEY).blockOptional(LIMIT)).isPresent();
		assertThat(jdbcTemplate.update("delete from shedlock")).isOne();
		Instance.await(() -> assertThat(lock.acquire(Instance.KEY).blockOptional(LIMIT)).isPresent());
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
