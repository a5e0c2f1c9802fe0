package io.github.tursospring.auditlog.internal.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus.Counts;
import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for what {@link HandlerDelivery} and {@link TransactionalDelivery} count as
 * failures.
 */
class DeliveryTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final AuditLogPage PAGE = new AuditLogPage(
			List.of(AuditLog.builder().message("1").createdAt(Instant.EPOCH).build()), "token-1", true, null);

	private static final CheckpointKey KEY = new CheckpointKey("archive", "acme");

	private final StatusTracker status = new StatusTracker(KEY, Clock.systemUTC());

	private final AuditLogCheckpointStore store = mock(AuditLogCheckpointStore.class);

	private final JdbcAuditLogCheckpointStore jdbcStore = mock(JdbcAuditLogCheckpointStore.class);

	@BeforeEach
	void emptyStore() {
		given(this.store.load(KEY)).willReturn(Mono.empty());
	}

	@Test
	void deliverWhenSavingFailsShouldCountSaveFailure() {
		given(this.store.save(any(), any(), any())).willReturn(Mono.error(new IllegalStateException("no database")));
		StepVerifier.create(handlerDelivery((organization, page) -> Mono.empty()).deliver(PAGE, null, this.status))
			.expectErrorMessage("no database")
			.verify(LIMIT);
		assertThat(this.status.status().counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
	}

	@Test
	void deliverWhenHandlerFailsShouldNotCountSaveFailure() {
		StepVerifier
			.create(handlerDelivery((organization, page) -> Mono.error(new IllegalStateException("poison")))
				.deliver(PAGE, null, this.status))
			.expectErrorMessage("poison")
			.verify(LIMIT);
		assertThat(this.status.status().counts()).isEqualTo(new Counts(0, 1, 0, 0, 0, 0));
	}

	@Test
	void deliverInTransactionWhenSavingFailsShouldCountSaveFailure() {
		given(this.jdbcStore.saveInTransaction(any(), any(), any())).willThrow(new QueryTimeoutException("late"));
		deliverInTransaction(TransactionOperations.withoutTransaction(), (organization, page) -> {
		}, QueryTimeoutException.class);
		assertThat(this.status.status().counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
	}

	@Test
	void deliverWhenCommitFailsShouldCountSaveFailure() {
		TransactionOperations failing = new TransactionOperations() {

			@Override
			public <T> T execute(TransactionCallback<T> action) {
				throw new TransactionSystemException("no commit");
			}

		};
		deliverInTransaction(failing, (organization, page) -> {
		}, TransactionSystemException.class);
		assertThat(this.status.status().counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
	}

	@Test
	void deliverWhenCommitFailsInDatabaseShouldCountSaveFailure() {
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
		assertThat(this.status.status().counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
	}

	@Test
	void deliverWhenTransactionOfHandlerFailsShouldNotCountSaveFailure() {
		given(this.jdbcStore.saveInTransaction(any(), any(), any())).willReturn(true);
		deliverInTransaction(TransactionOperations.withoutTransaction(), (organization, page) -> {
			throw new TransactionSystemException("another database");
		}, TransactionSystemException.class);
		assertThat(this.status.status().counts()).isEqualTo(new Counts(0, 1, 0, 0, 0, 0));
	}

	@Test
	void deliverInTransactionWhenHandlerFailsShouldNotCountSaveFailure() {
		given(this.jdbcStore.saveInTransaction(any(), any(), any())).willReturn(true);
		deliverInTransaction(TransactionOperations.withoutTransaction(), (organization, page) -> {
			throw new QueryTimeoutException("late");
		}, QueryTimeoutException.class);
		assertThat(this.status.status().counts()).isEqualTo(new Counts(0, 1, 0, 0, 0, 0));
	}

	@Test
	void deliverWhenComparingFailsShouldCountLoadFailure() {
		given(this.jdbcStore.saveInTransaction(any(), any(), any())).willReturn(false);
		given(this.jdbcStore.load(KEY)).willReturn(Mono.error(new QueryTimeoutException("late")));
		deliverInTransaction(TransactionOperations.withoutTransaction(), (organization, page) -> {
		}, QueryTimeoutException.class);
		assertThat(this.status.status().counts()).isEqualTo(new Counts(0, 0, 1, 0, 0, 0));
	}

	@Test
	void handlerShouldNotBeCalledIfThePositionWasChanged() {
		given(this.store.load(KEY)).willReturn(Mono.just("of another"));
		StepVerifier
			.create(handlerDelivery((organization, page) -> Mono.error(new IllegalStateException("called")))
				.deliver(PAGE, "token-0", this.status))
			.expectNext(false)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void pageInHandWhenPausedShouldCountAsDelivered() {
		given(this.store.load(KEY)).willReturn(Mono.just("token-0"));
		given(this.store.save(KEY, "token-0", "token-1")).willReturn(Mono.just(false));
		given(this.store.save(KEY, "paused:token-0", "paused:token-1")).willReturn(Mono.just(true));
		StepVerifier.create(handlerDelivery((organization, page) -> Mono.empty()).deliver(PAGE, "token-0", this.status))
			.expectNext(true)
			.expectComplete()
			.verify(LIMIT);
	}

	private HandlerDelivery handlerDelivery(AuditLogHandler handler) {
		return new HandlerDelivery(handler, this.store, LIMIT);
	}

	private void deliverInTransaction(TransactionOperations transactions, TransactionalAuditLogHandler handler,
			Class<? extends Throwable> failure) {
		StepVerifier
			.create(new TransactionalDelivery(handler, this.jdbcStore, transactions, LIMIT).deliver(PAGE, null,
					this.status))
			.expectError(failure)
			.verify(LIMIT);
	}

}
