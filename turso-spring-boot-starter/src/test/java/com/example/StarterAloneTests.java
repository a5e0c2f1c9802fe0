package com.example;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogCode;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program of somebody else's that depends on the starter and on nothing else: neither
 * Actuator nor Micrometer nor a database are on its class path.
 */
class StarterAloneTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@Test
	void applicationWithStarterAloneShouldRead() {
		try (MockTursoServer turso = MockTursoServer.builder()
			.organization("acme", (log) -> log.addNumbered(2))
			.start();
				ConfigurableApplicationContext context = SpringApplication.run(Application.class,
						"--turso.api-token=" + turso.token(), "--turso.organization=acme",
						"--turso.base-url=" + turso.baseUrl())) {
			AuditLogClient client = context.getBean(AuditLogClient.class);
			List<AuditLog> newestFirst = client.streamAll().collectList().block(LIMIT);
			assertThat(newestFirst).extracting(AuditLog::message).containsExactly("2", "1");
			List<AuditLog> oldestFirst = client
				.streamAll(AuditLogQuery.builder()
					.order(AuditLogQuery.Order.ASC)
					.startTime(Instant.EPOCH)
					.code("db-create", "db-delete")
					.build())
				.collectList()
				.block(LIMIT);
			assertThat(oldestFirst).extracting(AuditLog::message).containsExactly("1", "2");
			AuditLogPage page = client.list(AuditLogQuery.builder().page(1).build()).block(LIMIT);
			assertThat(page).isNotNull();
			assertThat(page.pagination()).isEqualTo(new AuditLogPage.Pagination(1, 100, 1, 2));
			AuditLog first = page.auditLogs().get(1);
			assertThat(first.code()).isEqualTo(AuditLogCode.DB_CREATE);
			assertThat(client.retrieve(first.id()).block(LIMIT)).isEqualTo(first);
		}
	}

	@SpringBootApplication
	static class Application {

	}

}
