package io.github.tursospring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.internal.http.ScriptedServer;
import io.github.tursospring.test.Signals;

/**
 * Tests that a response reaches the request that it answers, and no other, where
 * informational responses (status 1xx) come before it.
 */
@Tag("slow")
class InformationalResponseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int PAIRS = 2;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, HttpClientAutoConfiguration.class))
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme", "turso.retry.max-retries=0");

	static Stream<Arguments> responses() {
		return Stream.of("reactor", "jdk", "jetty", "http-components")
			.flatMap((connector) -> (connector.equals("jetty") ? Stream.of(102, 103) : Stream.of(100, 102, 103, 199))
				.map((status) -> Arguments.of(connector, "HTTP/1.1 " + status + " Wait\r\nLink: </x>\r\n\r\n")));
	}

	@ParameterizedTest
	@MethodSource("responses")
	void pairOfOrganizationsShouldReadItsOwnLogs(String connector, String informational) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> answer(exchange, informational))) {
			this.runner
				.withPropertyValues("turso.base-url=" + server.baseUrl(),
						"spring.http.clients.reactive.connector=" + connector)
				.run((context) -> {
					AuditLogClient client = context.getBean(AuditLogClient.class);
					for (int i = 0; i < PAIRS; i++) {
						StepVerifier
							.create(Signals.await(Flux.concat(read(client, "acme"), read(client, "other")), PATIENCE))
							.expectNext("of acme", "of other")
							.expectComplete()
							.verify(PATIENCE);
					}
					List<String> organizations = IntStream.range(0, 20).mapToObj((i) -> "org-" + i).toList();
					StepVerifier
						.create(Signals.await(Flux.fromIterable(organizations)
							.flatMapSequential((organization) -> read(client, organization)), PATIENCE))
						.expectNextSequence(organizations.stream().map((organization) -> "of " + organization).toList())
						.expectComplete()
						.verify(PATIENCE);
				});
		}
	}

	/**
	 * What is not delivered is an error: Jetty waits without end after a response of
	 * status 100 or 199, and the other connectors treat 101 each in its own way.
	 */
	@ParameterizedTest
	@CsvSource({ "jetty, 100", "jetty, 199", "reactor, 101", "jetty, 101", "jdk, 101", "http-components, 101" })
	void pairOfOrganizationsShouldNotReadEachOthersLog(String connector, int status) {
		String informational = "HTTP/1.1 " + status + " Wait\r\n\r\n";
		try (ScriptedServer server = new ScriptedServer((exchange) -> answer(exchange, informational))) {
			this.runner
				.withPropertyValues("turso.base-url=" + server.baseUrl(), "turso.response-timeout=1s",
						"spring.http.clients.reactive.connector=" + connector)
				.run((context) -> {
					AuditLogClient client = context.getBean(AuditLogClient.class);
					for (String organization : List.of("acme", "other")) {
						StepVerifier
							.create(Signals.await(read(client, organization).onErrorResume(TursoException.class,
									(ex) -> Mono.just("of " + organization)), PATIENCE))
							.expectNext("of " + organization)
							.expectComplete()
							.verify(PATIENCE);
					}
				});
		}
	}

	/**
	 * Send the informational response, and the actual one once the client has sent its
	 * next request on this connection, or not within a moment.
	 */
	private static boolean answer(ScriptedServer.Exchange exchange, String informational) throws java.io.IOException {
		String organization = exchange.target()
			.substring("/v1/organizations/".length(), exchange.target().lastIndexOf("/"));
		exchange.write(informational);
		exchange.awaitRequest(Duration.ofMillis(50));
		exchange.write(informational
				+ ScriptedServer.ok("{\"audit_logs\": [{\"message\": \"of %s\"}]}".formatted(organization)));
		return true;
	}

	private static Mono<String> read(AuditLogClient client, String organization) {
		return client.list(AuditLogQuery.builder().organization(organization).page(1).build())
			.map((page) -> String.valueOf(page.auditLogs().get(0).message()));
	}

}
