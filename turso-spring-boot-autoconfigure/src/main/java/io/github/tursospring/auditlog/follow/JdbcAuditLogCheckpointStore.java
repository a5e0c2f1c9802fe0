package io.github.tursospring.auditlog.follow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.Assert;

/**
 * Keeps positions in a database table, where all instances of an application see them.
 * Scripts that create the table are beside this class: {@code schema-h2.sql},
 * {@code schema-postgresql.sql} and {@code schema-mysql.sql}.
 *
 * @since 0.1.0
 */
public class JdbcAuditLogCheckpointStore implements AuditLogCheckpointStore {

	/** Name of the table, unless another one is given. */
	public static final String DEFAULT_TABLE_NAME = "turso_audit_log_checkpoint";

	private static final Pattern TABLE_NAME = Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]*\\.){0,2}[A-Za-z_]\\w*");

	private final String tableName;

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
		Assert.isTrue(TABLE_NAME.matcher(tableName).matches(),
				() -> "tableName must be a name of letters, digits and underscores, such as '" + DEFAULT_TABLE_NAME
						+ "' or 'my_schema." + DEFAULT_TABLE_NAME + "', not '" + tableName + "'");
		this.tableName = tableName;
		this.jdbcTemplate = new JdbcTemplate(dataSource);
		this.jdbcClient = JdbcClient.create(this.jdbcTemplate);
		this.ownTransaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

	@Override
	public Mono<String> load(String organization) {
		return blocking(() -> stored("token", organization));
	}

	@Override
	public Mono<Boolean> save(String organization, @Nullable String previousToken, String token) {
		return blocking(() -> saveInOwnTransaction(organization, previousToken, token)
				|| digest(token).equals(stored("token_digest", organization)));
	}

	private boolean saveInOwnTransaction(String organization, @Nullable String previousToken, String token) {
		return Boolean.TRUE.equals(this.ownTransaction.execute((status) -> {
			boolean moved = move(organization, previousToken, token);
			if (!moved) {
				status.setRollbackOnly();
			}
			return moved;
		}));
	}

	/**
	 * Save a position within the transaction that the calling thread is in, to be
	 * committed with it or not at all. Another transaction that saves a position of the
	 * same organization waits until this one ends.
	 * <p>
	 * Unlike {@link #save save}, this is not satisfied to find the token stored already:
	 * then another transaction has committed it along with what it did, and this one must
	 * not do it again.
	 * @param organization the organization's slug
	 * @param previousToken the token that this one follows, {@code null} for the first
	 * @param token the token to save
	 * @return {@code true} if the position was moved on; {@code false} if the previous
	 * token is not what is stored: then the transaction has to be rolled back
	 * @throws IllegalStateException if there is no transaction, or one of something other
	 * than this store's database
	 */
	public boolean saveInTransaction(String organization, @Nullable String previousToken, String token) {
		Assert.state(TransactionSynchronizationManager.isActualTransactionActive(),
				"There is no transaction to save the position in");
		boolean autoCommit = Boolean.TRUE
			.equals(this.jdbcTemplate.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
		Assert.state(!autoCommit, "The transaction is not one of the database that positions are saved in, so they"
				+ " cannot be committed together: use a transaction manager of the store's DataSource");
		return move(organization, previousToken, token);
	}

	private boolean move(String organization, @Nullable String previousToken, String token) {
		return (previousToken != null) ? update(organization, previousToken, token) : insert(organization, token);
	}

	private boolean update(String organization, String previousToken, String token) {
		return execute(() -> this.jdbcClient
			.sql("update " + this.tableName + " set token = ?, token_digest = ?, updated_at = current_timestamp"
					+ " where organization = ? and token_digest = ?")
			.params(token, digest(token), organization, digest(previousToken))
			.update()) == 1;
	}

	private boolean insert(String organization, String token) {
		try {
			return execute(() -> this.jdbcClient
				.sql("insert into " + this.tableName + " (organization, token, token_digest, updated_at)"
						+ " values (?, ?, ?, current_timestamp)")
				.params(organization, token, digest(token))
				.update()) == 1;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	private @Nullable String stored(String column, String organization) {
		return execute(
				() -> this.jdbcClient.sql("select " + column + " from " + this.tableName + " where organization = ?")
					.param(organization)
					.query((row, number) -> row.getString(1))
					.optional())
			.orElse(null);
	}

	private <T> T execute(Supplier<T> statement) {
		try {
			return statement.get();
		}
		catch (BadSqlGrammarException ex) {
			throw new InvalidDataAccessResourceUsageException("The database has no table '" + this.tableName
					+ "' to keep positions of audit logs in, or one of another form. Set"
					+ " 'turso.audit-logs.follow.jdbc.initialize-schema' to 'always' to have it created in H2, PostgreSQL"
					+ " or MySQL, or create it with the script for your database that is in this library's jar under"
					+ " io/github/tursospring/auditlog/follow.", ex);
		}
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
