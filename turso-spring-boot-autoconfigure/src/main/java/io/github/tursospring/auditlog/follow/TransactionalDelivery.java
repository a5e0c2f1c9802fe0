package io.github.tursospring.auditlog.follow;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.transaction.TransactionException;
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
	 * @param listener is told when positions cannot be saved
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
			.doOnError(TransactionException.class, (ex) -> saveFailed(organization))
			.flatMap((committed) -> committed ? Mono.just(true) : wasCommitted(organization, token));
	}

	private boolean commit(String organization, @Nullable String previousToken, AuditLogPage page, String token) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			if (!save(organization, previousToken, token)) {
				status.setRollbackOnly();
				return false;
			}
			if (!page.auditLogs().isEmpty()) {
				this.handler.handle(organization, page);
			}
			return true;
		}));
	}

	private boolean save(String organization, @Nullable String previousToken, String token) {
		try {
			return this.store.saveInTransaction(organization, previousToken, token);
		}
		catch (RuntimeException ex) {
			saveFailed(organization);
			throw ex;
		}
	}

	private void saveFailed(String organization) {
		this.listener.onFailure(organization, CheckpointListener.Failure.SAVE);
	}

	/** Whether the page was committed before, by a commit whose answer was lost. */
	private Mono<Boolean> wasCommitted(String organization, String token) {
		return this.store.load(organization).map(token::equals).defaultIfEmpty(false);
	}

}
