package io.github.tursospring.sample;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.test.autoconfigure.AutoConfigureMockTurso;

/**
 * Tests that the application reads from a test's own server, although an API token is
 * set.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "turso.api-token=not-to-be-used", "turso.organization=not-to-be-read" })
@AutoConfigureMockTurso
class OwnServerTests {

	@Autowired
	private AuditLogClient client;

	@Autowired
	private MockTursoServer turso;

	@Test
	void clientShouldReadFromTheTestsServer() {
		this.turso.log().add(MockEntry.of("db-delete").message("db deleted"));
		Flux<String> messages = this.client.streamAll().map(AuditLog::message);
		StepVerifier.create(messages).expectNext("db deleted").expectComplete().verify(Duration.ofSeconds(30));
	}

}
