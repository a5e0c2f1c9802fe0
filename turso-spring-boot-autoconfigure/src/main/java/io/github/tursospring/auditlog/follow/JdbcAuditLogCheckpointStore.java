package io.github.tursospring.auditlog.follow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.Assert;

/**
 * Stores positions in a database table, where all instances of an application see them.
 * Scripts that create the table are beside this class: {@code schema-h2.sql},
 * {@code schema-postgresql.sql}, {@code schema-mysql.sql} (MariaDB too) and
 * {@code schema-sqlite.sql}.
 *
 * @since 0.1.0
 */
public class JdbcAuditLogCheckpointStore implements AuditLogCheckpointStore {

	/** Name of the table, unless another one is given. */
	public static final String DEFAULT_TABLE_NAME = "turso_audit_log_checkpoint";

	private final CheckpointTable table;

	private final JdbcTemplate jdbcTemplate;

	private final JdbcClient jdbcClient;

	private final TransactionTemplate ownTransaction;

	/**
	 * Create a store in the table of the default name.
	 * @param dataSource the database
	 */
	public JdbcAuditLogCheckpointStore(DataSource dataSource) {
		this(dataSource, DEFAULT_TABLE_NAME);
	}

	/**
	 * Create a store.
	 * @param dataSource the database
	 * @param tableName the name of the table: letters, digits and underscores, with the
	 * name of its schema before it if need be
	 */
	public JdbcAuditLogCheckpointStore(DataSource dataSource, String tableName) {
		this.jdbcTemplate = new JdbcTemplate(dataSource);
		this.jdbcClient = JdbcClient.create(this.jdbcTemplate);
		this.table = new CheckpointTable(tableName, this.jdbcTemplate);
		this.ownTransaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

	@Override
	public Mono<String> load(CheckpointKey key) {
		return blocking(() -> stored("token", key));
	}

	@Override
	public Mono<Boolean> save(CheckpointKey key, @Nullable String previous, String position) {
		return blocking(() -> saveInOwnTransaction(key, previous, position)
				|| digest(position).equals(stored("token_digest", key)));
	}

	private boolean saveInOwnTransaction(CheckpointKey key, @Nullable String previous, String position) {
		return Boolean.TRUE.equals(this.ownTransaction.execute((status) -> {
			boolean moved = move(key, previous, position);
			if (!moved) {
				status.setRollbackOnly();
			}
			return moved;
		}));
	}

	/**
	 * Save a position within the transaction that the calling thread is in, to be
	 * committed with it or not at all. Another transaction that saves a position under
	 * the same key waits until this one ends.
	 * <p>
	 * Unlike {@link #save save}, this is not satisfied to find the position stored
	 * already: then another transaction has committed it along with what it did, and this
	 * one must not do it again.
	 * @param key the follower and organization
	 * @param previous the position that this one replaces, {@code null} for the first
	 * @param position the position to save
	 * @return {@code true} if the position was moved; {@code false} if the previous one
	 * is not what is stored: then the transaction has to be rolled back
	 * @throws IllegalStateException if there is no transaction, or one of something other
	 * than this store's database
	 */
	public boolean saveInTransaction(CheckpointKey key, @Nullable String previous, String position) {
		Assert.state(TransactionSynchronizationManager.isActualTransactionActive(),
				"There is no transaction to save the position in");
		boolean autoCommit = Boolean.TRUE
			.equals(this.jdbcTemplate.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
		Assert.state(!autoCommit, "The transaction is not one of the database that positions are saved in, so they"
				+ " cannot be committed together: use a transaction manager of the store's DataSource");
		return move(key, previous, position);
	}

	private boolean move(CheckpointKey key, @Nullable String previous, String position) {
		return (previous != null) ? update(key, previous, position) : insert(key, position);
	}

	private boolean update(CheckpointKey key, String previous, String position) {
		return this.table.execute(() -> this.jdbcClient
			.sql("update " + this.table.name() + " set token = ?, token_digest = ?, updated_at = current_timestamp"
					+ " where follower = ? and organization = ? and token_digest = ?")
			.params(position, digest(position), key.follower(), key.organization(), digest(previous))
			.update()) == 1;
	}

	private boolean insert(CheckpointKey key, String position) {
		try {
			return this.table.execute(() -> this.jdbcClient
				.sql("insert into " + this.table.name() + " (follower, organization, token, token_digest, updated_at)"
						+ " values (?, ?, ?, ?, current_timestamp)")
				.params(key.follower(), key.organization(), position, digest(position))
				.update()) == 1;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	private @Nullable String stored(String column, CheckpointKey key) {
		return this.table
			.execute(() -> this.jdbcClient
				.sql("select " + column + " from " + this.table.name() + " where follower = ? and organization = ?")
				.params(key.follower(), key.organization())
				.query((row, number) -> row.getString(1))
				.optional())
			.orElse(null);
	}

	@Override
	public Flux<CheckpointKey> keys() {
		return blocking(() -> this.table
			.execute(() -> this.jdbcClient.sql("select follower, organization from " + this.table.name())
				.query((row, number) -> new CheckpointKey(row.getString(1), row.getString(2)))
				.list()))
			.onErrorMap(InvalidDataAccessResourceUsageException.class,
					(ex) -> new IllegalStateException(ex.getMessage(), ex))
			.flatMapIterable(Function.identity());
	}

	@Override
	public String describe(CheckpointKey key) {
		return "table '" + this.table.name() + "'";
	}

	private static String digest(String token) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static <T> Mono<T> blocking(Callable<? extends @Nullable T> work) {
		return Mono.<T>fromCallable(work).subscribeOn(Schedulers.boundedElastic());
	}

}
