package io.github.tursospring.auditlog.follow;

import org.junit.jupiter.api.Tag;

import io.github.tursospring.test.RealPostgres;

/**
 * Tests for {@link JdbcAuditLogCheckpointStore} on a real PostgreSQL.
 */
@Tag("slow")
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

	@Override
	String oldTable() {
		return """
				create table turso_audit_log_checkpoint (
					organization varchar(255) not null primary key,
					token text not null,
					token_digest varchar(64) not null,
					updated_at timestamp with time zone not null
				)""";
	}

}
