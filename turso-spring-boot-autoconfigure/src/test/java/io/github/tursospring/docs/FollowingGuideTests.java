package io.github.tursospring.docs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the SQL in {@code docs/guide/following.md} works with its code.
 */
class FollowingGuideTests {

	private static final String GUIDE = "docs/guide/following.md";

	@Test
	void archiveOfTheGuideShouldHoldIdenticalEntries() {
		assertThat(Documents.blocks(GUIDE, "sql")).hasSize(1);
		DriverManagerDataSource dataSource = new DriverManagerDataSource(
				"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		new ResourceDatabasePopulator(
				new ByteArrayResource(Documents.blocks(GUIDE, "sql").get(0).getBytes(StandardCharsets.UTF_8)))
			.execute(dataSource);
		JdbcClient jdbc = JdbcClient.create(dataSource);
		AuditLog entry = AuditLog.builder()
			.code("db-create")
			.author("iku")
			.createdAt(Instant.parse("2026-01-01T00:00:00Z"))
			.build();
		AuditLogPage page = new AuditLogPage(List.of(entry, entry), "token", false, null);
		new FollowingGuide().archive(jdbc).handle("acme", page);
		assertThat(jdbc.sql("select entry_id from audit_log").query(String.class).list()).containsExactly(entry.id(),
				entry.id());
	}

}
