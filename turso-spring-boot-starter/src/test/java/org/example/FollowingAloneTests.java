package org.example;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program of somebody else's that follows with the starter and nothing else: it has no
 * library for databases.
 */
class FollowingAloneTests {

	@Test
	void applicationWithStarterAloneShouldFollow() {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		PrintStream out = System.out;
		System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
		try (MockTursoServer turso = MockTursoServer.builder()
			.organization("acme", (log) -> log.addNumbered(1))
			.start();
				ConfigurableApplicationContext context = SpringApplication.run(Application.class,
						"--turso.api-token=" + turso.token(), "--turso.organization=acme",
						"--turso.base-url=" + turso.baseUrl())) {
			AuditLogPage page = context.getBean(Application.class).received.asMono().block(Duration.ofSeconds(30));
			assertThat(page).isNotNull();
			assertThat(page.auditLogs()).singleElement()
				.satisfies((entry) -> assertThat(entry.message()).isEqualTo("1"));
			CheckpointKey key = new CheckpointKey("handler", "acme");
			assertThat(context.getBean(AuditLogCheckpointStore.class).describe(key)).isEqualTo("memory");
		}
		finally {
			System.setOut(out);
		}
		assertThat(output.toString(StandardCharsets.UTF_8)).contains("starts at the oldest entry")
			.doesNotContain("TypeNotPresentException");
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
