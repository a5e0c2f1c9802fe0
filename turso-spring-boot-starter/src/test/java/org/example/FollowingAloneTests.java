package org.example;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program of somebody else's that follows with the starter and nothing else: it has no
 * library for databases.
 */
class FollowingAloneTests {

	@Test
	void applicationWithTheStarterAloneFollows() {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.header("Content-Type", "application/json").sendString(Mono.just("""
					{"audit_logs":[{"code":"db-create","message":"first","created_at":"2026-01-01T00:00:01Z"}],
					"pagination":{"page":1,"page_size":100,"total_pages":1,"total_rows":1}}""")).then())
			.bindNow();
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class,
				"--turso.api-token=secret", "--turso.organization=acme",
				"--turso.base-url=http://127.0.0.1:" + server.port())) {
			AuditLogPage page = context.getBean(Application.class).received.asMono().block(Duration.ofSeconds(30));
			assertThat(page).isNotNull();
			assertThat(page.auditLogs()).singleElement()
				.satisfies((entry) -> assertThat(entry.message()).isEqualTo("first"));
			CheckpointKey key = new CheckpointKey("handler", "acme");
			assertThat(context.getBean(AuditLogCheckpointStore.class).describe(key)).isEqualTo("memory");
		}
		finally {
			server.disposeNow();
		}
	}

	@SpringBootApplication
	static class Application {

		private final Sinks.One<AuditLogPage> received = Sinks.one();

		@Bean
		AuditLogHandler handler() {
			return (organization, page) -> Mono.fromRunnable(() -> this.received.tryEmitValue(page));
		}

	}

}
