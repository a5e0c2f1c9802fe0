package io.github.tursospring.docs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
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
		JdbcClient jdbc = JdbcClient.create(databaseOfTheGuide());
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

	@Test
	void lockProviderOfTheGuideShouldLockOnce() {
		LockProvider lockProvider = new FollowingGuide().lockProvider(databaseOfTheGuide());
		LockConfiguration lock = new LockConfiguration(Instant.now(), "follower", Duration.ofMinutes(10),
				Duration.ZERO);
		assertThat(lockProvider.lock(lock)).isPresent();
		assertThat(lockProvider.lock(lock)).isEmpty();
	}

	private static DataSource databaseOfTheGuide() {
		DataSource dataSource = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		for (String script : Documents.blocks(GUIDE, "sql")) {
			new ResourceDatabasePopulator(new ByteArrayResource(script.getBytes(StandardCharsets.UTF_8)))
				.execute(dataSource);
		}
		return dataSource;
	}

}
