package io.github.tursospring.auditlog.follow;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.transaction.support.TransactionOperations;

import io.github.tursospring.auditlog.AuditLogPage;

/**
 * Delivers exactly once: what the handler writes and the position are committed together.
 * The position is written first, so that a follower that has been overtaken writes
 * nothing.
 *
 * @since 0.1.0
 */
public final class TransactionalDelivery implements PageDelivery {

	private final TransactionalAuditLogHandler handler;

	private final JdbcAuditLogCheckpointStore store;

	private final TransactionOperations transactions;

	private final CheckpointListener listener;

	/**
	 * Create a new delivery.
	 * @param handler the handler
	 * @param store where positions are kept
	 * @param transactions runs transactions of the store's database
	 */
	public TransactionalDelivery(TransactionalAuditLogHandler handler, JdbcAuditLogCheckpointStore store,
			TransactionOperations transactions) {
		this(handler, store, transactions, CheckpointListener.NONE);
	}

	/**
	 * Create a new delivery.
	 * @param handler the handler
	 * @param store where positions are kept
	 * @param transactions runs transactions of the store's database
	 * @param listener is told when positions cannot be saved or loaded
	 */
	public TransactionalDelivery(TransactionalAuditLogHandler handler, JdbcAuditLogCheckpointStore store,
			TransactionOperations transactions, CheckpointListener listener) {
		this.handler = handler;
		this.store = store;
		this.transactions = transactions;
		this.listener = listener;
	}

	@Override
	public Mono<Boolean> deliver(String organization, @Nullable String previousToken, AuditLogPage page) {
		String token = Objects.requireNonNull(page.nextPageToken(), "token");
		return Mono.fromCallable(() -> commit(organization, previousToken, page, token))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((committed) -> committed ? Mono.just(true) : wasCommitted(organization, token));
	}

	private boolean commit(String organization, @Nullable String previousToken, AuditLogPage page, String token) {
		AtomicBoolean handling = new AtomicBoolean();
		try {
			return Boolean.TRUE.equals(this.transactions.execute((status) -> {
				if (!this.store.saveInTransaction(organization, previousToken, token)) {
					status.setRollbackOnly();
					return false;
				}
				if (!page.auditLogs().isEmpty()) {
					handling.set(true);
					this.handler.handle(organization, page);
					handling.set(false);
				}
				return true;
			}));
		}
		catch (RuntimeException ex) {
			if (!handling.get()) {
				this.listener.onFailure(organization, CheckpointListener.Failure.SAVE);
			}
			throw ex;
		}
	}

	/** Whether the page was committed before, by a commit whose answer was lost. */
	private Mono<Boolean> wasCommitted(String organization, String token) {
		return this.store.load(organization)
			.doOnError((ex) -> this.listener.onFailure(organization, CheckpointListener.Failure.LOAD))
			.map(token::equals)
			.defaultIfEmpty(false);
	}

}
