package io.github.tursospring.auditlog.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for what {@link CheckpointListener} is told.
 */
class CheckpointListenerTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final AuditLogPage PAGE = new AuditLogPage(
			List.of(AuditLog.builder().message("1").createdAt(Instant.EPOCH).build()), "token-1", true, null);

	private final List<String> failures = new CopyOnWriteArrayList<>();

	private final CheckpointListener listener = (organization, failure) -> this.failures
		.add(organization + " " + failure);

	private final AuditLogCheckpointStore store = mock(AuditLogCheckpointStore.class);

	private final JdbcAuditLogCheckpointStore jdbcStore = mock(JdbcAuditLogCheckpointStore.class);

	@Test
	void positionThatCannotBeSavedIsTold() {
		given(this.store.save(any(), any(), any())).willReturn(Mono.error(new IllegalStateException("no database")));
		StepVerifier
			.create(new HandlerDelivery((page) -> Mono.empty(), this.store, this.listener).deliver("acme", null, PAGE))
			.expectErrorMessage("no database")
			.verify(LIMIT);
		assertThat(this.failures).containsExactly("acme SAVE");
	}

	@Test
	void handlerThatFailsIsNoFailureOfThePosition() {
		StepVerifier
			.create(new HandlerDelivery((page) -> Mono.error(new IllegalStateException("poison")), this.store,
					this.listener)
				.deliver("acme", null, PAGE))
			.expectErrorMessage("poison")
			.verify(LIMIT);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void positionThatCannotBeSavedInTheTransactionIsTold() {
		given(this.jdbcStore.saveInTransaction(any(), any(), any())).willThrow(new QueryTimeoutException("late"));
		deliverInTransaction(TransactionOperations.withoutTransaction(), (organization, page) -> {
		}, QueryTimeoutException.class);
		assertThat(this.failures).containsExactly("acme SAVE");
	}

	@Test
	void commitThatFailsIsTold() {
		TransactionOperations failing = new TransactionOperations() {

			@Override
			public <T> T execute(TransactionCallback<T> action) {
				throw new TransactionSystemException("no commit");
			}

		};
		deliverInTransaction(failing, (organization, page) -> {
		}, TransactionSystemException.class);
		assertThat(this.failures).containsExactly("acme SAVE");
	}

	@Test
	void commitThatFailsWithAnErrorOfTheDatabaseIsTold() {
		given(this.jdbcStore.saveInTransaction(any(), any(), any())).willReturn(true);
		TransactionOperations failing = new TransactionOperations() {

			@Override
			public <T> T execute(TransactionCallback<T> action) {
				action.doInTransaction(new SimpleTransactionStatus());
				throw new CannotAcquireLockException("no commit");
			}

		};
		deliverInTransaction(failing, (organization, page) -> {
		}, CannotAcquireLockException.class);
		assertThat(this.failures).containsExactly("acme SAVE");
	}

	@Test
	void transactionOfTheHandlersOwnThatFailsIsNoFailureOfThePosition() {
		given(this.jdbcStore.saveInTransaction(any(), any(), any())).willReturn(true);
		deliverInTransaction(TransactionOperations.withoutTransaction(), (organization, page) -> {
			throw new TransactionSystemException("another database");
		}, TransactionSystemException.class);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void handlerThatFailsInTheTransactionIsNoFailureOfThePosition() {
		given(this.jdbcStore.saveInTransaction(any(), any(), any())).willReturn(true);
		deliverInTransaction(TransactionOperations.withoutTransaction(), (organization, page) -> {
			throw new QueryTimeoutException("late");
		}, QueryTimeoutException.class);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void positionThatCannotBeLoadedIsTold() {
		given(this.store.load("acme")).willReturn(Mono.error(new IllegalStateException("no database")))
			.willReturn(Mono.just("token-0"));
		follow(Flux.never(), () -> assertThat(this.failures).containsExactly("acme LOAD"));
	}

	@Test
	void storeThatThrowsWhenItLoadsIsTold() {
		given(this.store.load("acme")).willThrow(new IllegalStateException("no database"))
			.willReturn(Mono.just("token-0"));
		follow(Flux.never(), () -> assertThat(this.failures).containsExactly("acme LOAD"));
	}

	@Test
	void positionThatCannotBeComparedIsTold() {
		given(this.jdbcStore.saveInTransaction(any(), any(), any())).willReturn(false);
		given(this.jdbcStore.load("acme")).willReturn(Mono.error(new QueryTimeoutException("late")));
		deliverInTransaction(TransactionOperations.withoutTransaction(), (organization, page) -> {
		}, QueryTimeoutException.class);
		assertThat(this.failures).containsExactly("acme LOAD");
	}

	@Test
	void followerThatIsOvertakenIsTold() {
		given(this.store.load("acme")).willReturn(Mono.empty());
		given(this.store.save(any(), any(), any())).willReturn(Mono.just(false)).willReturn(Mono.just(true));
		follow(Flux.concat(Flux.just(PAGE), Flux.never()),
				() -> assertThat(this.failures).containsExactly("acme OVERTAKEN"));
	}

	private void deliverInTransaction(TransactionOperations transactions, TransactionalAuditLogHandler handler,
			Class<? extends Throwable> failure) {
		StepVerifier
			.create(new TransactionalDelivery(handler, this.jdbcStore, transactions, this.listener).deliver("acme",
					null, PAGE))
			.expectError(failure)
			.verify(LIMIT);
	}

	private void follow(Flux<AuditLogPage> pages, org.awaitility.core.ThrowingRunnable assertion) {
		AuditLogClient client = mock(AuditLogClient.class);
		given(client.follow(any(AuditLogQuery.class))).willReturn(pages);
		FollowerSettings settings = new FollowerSettings(null, Duration.ofMillis(10), 2, Duration.ofMillis(40));
		AuditLogFollower follower = new AuditLogFollower(List.of("acme"), client, this.store,
				new HandlerDelivery((page) -> Mono.empty(), this.store, this.listener), FollowerLock.ALONE, settings,
				this.listener);
		follower.start();
		try {
			Awaitility.await().atMost(LIMIT).untilAsserted(assertion);
		}
		finally {
			follower.stop();
			follower.destroy();
		}
	}

}
