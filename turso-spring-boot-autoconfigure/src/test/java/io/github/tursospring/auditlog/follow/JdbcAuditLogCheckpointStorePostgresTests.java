package io.github.tursospring.auditlog.follow;

import io.github.tursospring.test.RealPostgres;

/**
 * Tests for {@link JdbcAuditLogCheckpointStore} on a real PostgreSQL.
 */
class JdbcAuditLogCheckpointStorePostgresTests extends AbstractJdbcAuditLogCheckpointStoreTests {

	private static final String URL = RealPostgres.start().createDatabase();

	@Override
	String jdbcUrl() {
		return URL;
	}

	@Override
	String script() {
		return "schema-postgresql.sql";
	}

}
