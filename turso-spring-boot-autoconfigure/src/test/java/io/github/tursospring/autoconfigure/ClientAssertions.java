package io.github.tursospring.autoconfigure;

import java.time.Duration;

import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoTransportException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Has a client ask for a numbered page.
 */
final class ClientAssertions {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private ClientAssertions() {
	}

	static void assertReads(AuditLogClient client, String message) {
		StepVerifier.create(client.list(AuditLogQuery.builder().page(1).build()))
			.assertNext((page) -> assertThat(page.auditLogs()).extracting("message").containsExactly(message))
			.expectComplete()
			.verify(PATIENCE);
	}

	static void assertFails(AuditLogClient client, String... words) {
		StepVerifier.create(client.list(AuditLogQuery.builder().page(1).build()))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isExactlyInstanceOf(TursoTransportException.class).message().contains(words))
			.verify(PATIENCE);
	}

}
