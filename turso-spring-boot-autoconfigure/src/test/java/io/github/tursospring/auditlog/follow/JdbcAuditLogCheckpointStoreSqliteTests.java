package io.github.tursospring.auditlog.follow;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

/**
 * Tests for {@link JdbcAuditLogCheckpointStore} on SQLite.
 */
class JdbcAuditLogCheckpointStoreSqliteTests extends AbstractJdbcAuditLogCheckpointStoreTests {

	@TempDir
	private Path directory;

	@Override
	String jdbcUrl() {
		return "jdbc:sqlite:" + this.directory.resolve("checkpoints.db") + "?busy_timeout=30000";
	}

	@Override
	String script() {
		return "schema-sqlite.sql";
	}

	@Override
	String oldTable() {
		return "";
	}

}
