package io.github.tursospring.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.sample.turso.EmbeddedTursoApi;
import io.github.tursospring.sample.turso.LogEntry;

/**
 * How an application is tested against a server of the test's own: connection details
 * take the place of the properties, among them the API token that is set.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "turso.api-token=not-to-be-used", "turso.organization=not-to-be-read" })
@Import(OwnServerTests.ServerConfiguration.class)
class OwnServerTests {

	@Autowired
	private AuditLogClient client;

	@Test
	void readsFromTheTestsServer() {
		Flux<String> messages = this.client.streamAll().map(AuditLog::message);
		StepVerifier.create(messages).expectNext("db deleted").expectComplete().verify(Duration.ofSeconds(30));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class ServerConfiguration {

		@Bean
		EmbeddedTursoApi server() {
			return EmbeddedTursoApi.builder()
				.entries(List.of(new LogEntry("db-delete", "db deleted", "cli", "iku",
						Instant.parse("2026-01-01T00:00:00Z"), Map.of(), null)))
				.start();
		}

		@Bean
		TursoConnectionDetails turso(EmbeddedTursoApi server) {
			return TursoConnectionDetails.of(server.baseUrl(), server.token(), server.organization());
		}

	}

}
