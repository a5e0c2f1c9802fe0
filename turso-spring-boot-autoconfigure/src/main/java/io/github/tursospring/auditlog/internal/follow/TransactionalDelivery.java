package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.transaction.support.TransactionOperations;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;

/**
 * Delivers exactly once: what the handler writes and the position are committed together.
 * The position is written first, so that a follower that has been overtaken or paused
 * writes nothing.
 */
public final class TransactionalDelivery implements PageDelivery {

	private final TransactionalAuditLogHandler handler;

	private final JdbcAuditLogCheckpointStore store;

	private final TransactionOperations transactions;

	private final Duration timeout;

	private final Map<CheckpointKey, HandlerCalls> calls = new ConcurrentHashMap<>();

	/**
	 * Create a new delivery.
	 * @param handler the handler
	 * @param store where positions are stored
	 * @param transactions runs transactions of the store's database
	 * @param timeout the longest time that a transaction may take
	 */
	public TransactionalDelivery(TransactionalAuditLogHandler handler, JdbcAuditLogCheckpointStore store,
			TransactionOperations transactions, Duration timeout) {
		this.handler = handler;
		this.store = store;
		this.transactions = transactions;
		this.timeout = timeout;
	}

	@Override
	public Mono<Boolean> deliver(AuditLogPage page, @Nullable String previous, StatusTracker status) {
		CheckpointKey key = status.key();
		String token = Objects.requireNonNull(page.nextPageToken(), "token");
		AtomicBoolean handling = new AtomicBoolean();
		return this.calls.computeIfAbsent(key, (absent) -> new HandlerCalls(key, this.timeout))
			.blocking(() -> commit(key, page, previous, token, handling))
			.doOnError((ex) -> failed(ex, handling.get(), status))
			.flatMap((committed) -> committed ? Mono.just(true) : wasCommitted(key, token, status));
	}

	private static void failed(Throwable failure, boolean handling, StatusTracker status) {
		if (handling || failure instanceof HandlerTimeoutException) {
			status.handlerFailed(failure);
		}
		else {
			status.saveFailed(failure);
		}
	}

	private boolean commit(CheckpointKey key, AuditLogPage page, @Nullable String previous, String token,
			AtomicBoolean handling) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			if (!this.store.saveInTransaction(key, previous, token)) {
				status.setRollbackOnly();
				return false;
			}
			if (!page.auditLogs().isEmpty()) {
				handling.set(true);
				this.handler.handle(key.organization(), page);
				handling.set(false);
			}
			return true;
		}));
	}

	/** Whether the page was committed before, by a commit whose response was lost. */
	private Mono<Boolean> wasCommitted(CheckpointKey key, String token, StatusTracker status) {
		return TimeLimit.ofStore(this.timeout, this.store.load(key))
			.doOnError(status::loadFailed)
			.map((stored) -> token.equals(StoredPosition.parse(stored).token()))
			.defaultIfEmpty(false);
	}

}
