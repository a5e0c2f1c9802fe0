package io.github.tursospring.auditlog.follow;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.Assert;

/**
 * The table of checkpoints. Its errors say what to do, among them that the table is one
 * of version 0.1, which had no column for the follower.
 */
final class CheckpointTable {

	private static final Pattern NAME = Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]*\\.){0,2}[A-Za-z_]\\w*");

	private final String name;

	private final JdbcTemplate jdbcTemplate;

	CheckpointTable(String name, JdbcTemplate jdbcTemplate) {
		Assert.isTrue(NAME.matcher(name).matches(),
				() -> "tableName must be a name of letters, digits and underscores, such as '"
						+ JdbcAuditLogCheckpointStore.DEFAULT_TABLE_NAME + "' or 'my_schema."
						+ JdbcAuditLogCheckpointStore.DEFAULT_TABLE_NAME + "', not '" + name + "'");
		this.name = name;
		this.jdbcTemplate = jdbcTemplate;
	}

	String name() {
		return this.name;
	}

	<T> T execute(Supplier<T> statement) {
		try {
			return statement.get();
		}
		catch (BadSqlGrammarException ex) {
			throw unusable(ex);
		}
		catch (UncategorizedSQLException ex) {
			// Spring does not know SQLite's error codes.
			String message = String.valueOf(ex.getMessage());
			if (message.contains("SQLITE_CONSTRAINT")) {
				throw new DuplicateKeyException(message, ex);
			}
			throw message.contains("no such ") ? unusable(ex) : ex;
		}
	}

	private InvalidDataAccessResourceUsageException unusable(DataAccessException ex) {
		return new InvalidDataAccessResourceUsageException(isOld() ? old() : missing(), ex);
	}

	private String missing() {
		return "The database has no table '" + this.name + "' for positions of audit logs, or its columns differ. Set"
				+ " 'turso.audit-logs.follow.jdbc.initialize-schema' to 'always' to have it created in H2, PostgreSQL,"
				+ " MySQL, MariaDB or SQLite, or create it with the script for your database in this library's jar,"
				+ " under io/github/tursospring/auditlog/follow";
	}

	private boolean isOld() {
		try {
			this.jdbcTemplate.query("select organization, token, token_digest from " + this.name + " where 1 = 0",
					(row, number) -> "");
			return true;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	private String old() {
		return "The table '" + this.name + "' is of version 0.1, which had one follower. Run these statements, with the"
				+ " name of the handler's bean in the place of <follower>: " + String.join("; ", migration());
	}

	private List<String> migration() {
		String product = String
			.valueOf(this.jdbcTemplate.execute(
					(ConnectionCallback<String>) (connection) -> connection.getMetaData().getDatabaseProductName()))
			.toLowerCase(Locale.ROOT);
		String type = "varchar(200)"
				+ (product.matches("mysql|mariadb") ? " character set utf8mb4 collate utf8mb4_bin" : "");
		String dropKey = product.contains("postgresql") ? "alter table " + this.name + " drop constraint "
				+ this.name.substring(this.name.lastIndexOf('.') + 1) + "_pkey"
				: "alter table " + this.name + " drop primary key";
		return List.of("alter table " + this.name + " add column follower " + type + " default '<follower>' not null",
				dropKey, "alter table " + this.name + " add primary key (follower, organization)",
				"alter table " + this.name + " alter column follower drop default");
	}

}
