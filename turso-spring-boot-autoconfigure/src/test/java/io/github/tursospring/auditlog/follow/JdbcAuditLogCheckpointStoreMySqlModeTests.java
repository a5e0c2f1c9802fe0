package io.github.tursospring.auditlog.follow;

import java.util.UUID;

/**
 * Tests for {@link JdbcAuditLogCheckpointStore} with MySQL's script, on H2 in its mode
 * for MySQL: that is not MySQL.
 */
class JdbcAuditLogCheckpointStoreMySqlModeTests extends AbstractJdbcAuditLogCheckpointStoreTests {

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID()
			+ ";DB_CLOSE_DELAY=-1;MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

	@Override
	String jdbcUrl() {
		return this.url;
	}

	@Override
	String script() {
		return "schema-mysql.sql";
	}

	@Override
	String oldTable() {
		return "";
	}

}
