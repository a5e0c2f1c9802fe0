package io.github.tursospring.autoconfigure;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.http.ScriptedServer;
import io.github.tursospring.test.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that the server closes while they are pooled.
 */
class StaleConnectionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ROWS = 100;

	private static final List<String> MESSAGES = IntStream.range(0, ROWS).mapToObj((row) -> "entry " + row).toList();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, HttpClientAutoConfiguration.class))
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme", "turso.audit-logs.page-size=10");

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void streamWhenServerClosesConnectionsAtTheNextRequestShouldEmitEachEntryOnce(String connector) {
		Set<Socket> used = ConcurrentHashMap.newKeySet();
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			boolean first = used.add(exchange.connection());
			return first && answer(exchange);
		})) {
			run(server, connector, (client) -> {
				assertReadsAll(client);
				assertThat(server.requests()).isGreaterThan(ROWS / 10);
			}, "turso.retry.delay=1ms");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void streamWhenServerClosesEachConnectionShouldEmitEachEntryOnce(String connector) {
		try (ScriptedServer server = closingServer()) {
			run(server, connector, StaleConnectionTests::assertReadsAll, "turso.retry.delay=1ms");
		}
	}

	/**
	 * The connector learns of it before the next request.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void listWhenServerHasClosedIdleConnectionShouldNotNeedARetry(String connector) {
		try (ScriptedServer server = closingServer()) {
			run(server, connector,
					(client) -> StepVerifier
						.create(Signals.await(Flux.range(0, 2)
							.concatMap((i) -> client.list(AuditLogQuery.builder().page(1).build())
								.delaySubscription(Duration.ofMillis(200))), PATIENCE))
						.expectNextCount(2)
						.expectComplete()
						.verify(PATIENCE),
					"turso.retry.max-retries=0");
			assertThat(server.requests()).isEqualTo(2);
		}
	}

	/** Closes each connection after the first response. */
	private static ScriptedServer closingServer() {
		return new ScriptedServer((exchange) -> {
			answer(exchange);
			return false;
		});
	}

	private static void assertReadsAll(AuditLogClient client) {
		StepVerifier
			.create(Signals.await(
					client.streamAll(AuditLogQuery.builder().build()).map(AuditLog::message).collectList(), PATIENCE))
			.expectNext(MESSAGES)
			.expectComplete()
			.verify(PATIENCE);
	}

	private static boolean answer(ScriptedServer.Exchange exchange) throws IOException {
		var parameters = UriComponentsBuilder.fromUriString(exchange.target()).build().getQueryParams();
		int page = Integer.parseInt(String.valueOf(parameters.getFirst("page")));
		int size = Integer.parseInt(String.valueOf(parameters.getFirst("page_size")));
		String rows = IntStream.range(Math.min(ROWS, (page - 1) * size), Math.min(ROWS, page * size))
			.mapToObj((row) -> "{\"message\": \"entry %d\", \"created_at\": \"%s\"}".formatted(row,
					Instant.ofEpochSecond(1_700_000_000 - row)))
			.collect(Collectors.joining(", "));
		exchange.write(ScriptedServer.ok(("{\"audit_logs\": [%s], \"pagination\": {\"page\": %d, \"page_size\": %d,"
				+ " \"total_pages\": %d, \"total_rows\": %d}}")
			.formatted(rows, page, size, (ROWS + size - 1) / size, ROWS)));
		return true;
	}

	private void run(ScriptedServer server, String connector, Consumer<AuditLogClient> story, String... properties) {
		this.runner.withPropertyValues(properties)
			.withPropertyValues("turso.base-url=" + server.baseUrl(),
					"spring.http.clients.reactive.connector=" + connector)
			.run((context) -> story.accept(context.getBean(AuditLogClient.class)));
	}

}
