package com.example;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogCode;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program of somebody else's that depends on the starter and on nothing else: neither
 * Actuator nor Micrometer nor a database are on its class path.
 */
class StarterAloneTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@Test
	void applicationWithTheStarterAloneReads() {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(StarterAloneTests::answer)
			.bindNow();
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class,
				"--turso.api-token=secret", "--turso.organization=acme",
				"--turso.base-url=http://127.0.0.1:" + server.port())) {
			AuditLogClient client = context.getBean(AuditLogClient.class);
			List<AuditLog> newestFirst = client.streamAll().collectList().block(LIMIT);
			assertThat(newestFirst).extracting(AuditLog::message).containsExactly("second", "first");
			List<AuditLog> oldestFirst = client
				.streamAll(AuditLogQuery.builder()
					.order(AuditLogQuery.Order.ASC)
					.startTime(Instant.EPOCH)
					.code("db-create", "db-delete")
					.build())
				.collectList()
				.block(LIMIT);
			assertThat(oldestFirst).extracting(AuditLog::message).containsExactly("first", "second");
			AuditLogPage page = client.list(AuditLogQuery.builder().page(1).build()).block(LIMIT);
			assertThat(page).isNotNull();
			assertThat(page.pagination()).isEqualTo(new AuditLogPage.Pagination(1, 100, 1, 2));
			AuditLog first = page.auditLogs().get(1);
			assertThat(first.code()).isEqualTo(AuditLogCode.DB_CREATE);
			assertThat(client.retrieve(first.id()).block(LIMIT)).isEqualTo(first);
		}
		finally {
			server.disposeNow();
		}
	}

	private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		List<String> rows = List.of("""
				{"code":"db-delete","message":"second","created_at":"2026-01-01T00:00:02Z"}""", """
				{"code":"db-create","message":"first","created_at":"2026-01-01T00:00:01Z"}""");
		int size = request.uri().endsWith("page_size=1") ? 1 : 100;
		int page = request.uri().contains("page=2") ? 2 : 1;
		List<String> shown = (size == 1) ? rows.subList(page - 1, page) : rows;
		return response.header("Content-Type", "application/json")
			.sendString(Mono.just("""
					{"audit_logs":[%s],"pagination":{"page":%d,"page_size":%d,"total_pages":%d,"total_rows":2}}"""
				.formatted(String.join(",", shown), page, size, (size == 1) ? 2 : 1)))
			.then();
	}

	@SpringBootApplication
	static class Application {

	}

}
