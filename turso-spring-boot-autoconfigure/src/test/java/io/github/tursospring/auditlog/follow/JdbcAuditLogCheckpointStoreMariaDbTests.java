package io.github.tursospring.auditlog.follow;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

import io.github.tursospring.test.RealMariaDb;

/**
 * Tests for {@link JdbcAuditLogCheckpointStore} on a real MariaDB.
 */
@Tag("slow")
class JdbcAuditLogCheckpointStoreMariaDbTests extends AbstractJdbcAuditLogCheckpointStoreTests {

	private static String url = "";

	@BeforeAll
	static void start() {
		url = RealMariaDb.startOrSkip().createDatabase();
	}

	@Override
	String jdbcUrl() {
		return url;
	}

	@Override
	String script() {
		return "schema-mysql.sql";
	}

	@Override
	String oldTable() {
		return """
				create table turso_audit_log_checkpoint (
					organization varchar(255) character set ascii collate ascii_bin not null primary key,
					token longtext not null,
					token_digest varchar(64) not null,
					updated_at datetime(6) not null
				)""";
	}

}
