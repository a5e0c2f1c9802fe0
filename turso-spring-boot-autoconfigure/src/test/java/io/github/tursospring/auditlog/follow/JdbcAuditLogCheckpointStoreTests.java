package io.github.tursospring.auditlog.follow;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JdbcAuditLogCheckpointStore} on H2.
 */
class JdbcAuditLogCheckpointStoreTests extends AbstractJdbcAuditLogCheckpointStoreTests {

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	@Override
	String jdbcUrl() {
		return this.url;
	}

	@Override
	String script() {
		return "schema-h2.sql";
	}

	@Override
	String oldTable() {
		return """
				create table turso_audit_log_checkpoint (
					organization varchar(255) not null primary key,
					token clob not null,
					token_digest varchar(64) not null,
					updated_at timestamp with time zone not null
				)""";
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "a b", "a;drop table b", "a--", "\"a\"", "a.b.c.d", ".a", "a.", "1a", "ä", "a\n" })
	void tableNameThatIsNoneShouldBeRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new JdbcAuditLogCheckpointStore(dataSource(), name))
			.withMessageContaining("tableName");
	}

	@Test
	void saveWhenTableIsInSchemaShouldStorePosition() {
		JdbcClient client = JdbcClient.create(dataSource());
		client.sql("create schema audit").update();
		client.sql("create table audit.positions as select * from turso_audit_log_checkpoint").update();
		JdbcAuditLogCheckpointStore store = new JdbcAuditLogCheckpointStore(dataSource(), "audit.positions");
		assertThat(save(store, null, "a")).isTrue();
		assertThat(load(store)).isEqualTo("a");
		assertThat(load(store())).isNull();
	}

}
