package io.github.tursospring.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.internal.http.InformationalResponses;
import io.github.tursospring.auditlog.internal.http.ScriptedServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses that are made to exhaust or to confuse the client, which fail by name, and
 * leave it usable.
 */
class HostileResponseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String HEAD = "HTTP/1.1 200 OK\r\n";

	private static final String[] CONNECTORS = { "reactor", "jdk", "jetty", "http-components" };

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, HttpClientAutoConfiguration.class))
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme", "turso.retry.max-retries=0",
				"turso.max-response-size=1MB", "turso.response-timeout=5s");

	static Stream<Arguments> hostileResponses() {
		return Stream.of("gzip of 64 MB",
				HEAD + "Content-Encoding: gzip\r\nContent-Length: " + bomb().length() + "\r\n\r\n" + bomb(),
				"100,000 headers", HEAD + "X: y\r\n".repeat(100_000) + "Content-Length: 2\r\n\r\n{}",
				"a header of 1 MB", HEAD + "X: " + "y".repeat(1_000_000) + "\r\nContent-Length: 2\r\n\r\n{}",
				"a status line of 1 MB", "HTTP/1.1 200 " + "y".repeat(1_000_000) + "\r\n\r\n", "a length below zero",
				HEAD + "Content-Length: -1\r\n\r\n{}", "a length of no number", HEAD + "Content-Length: abc\r\n\r\n{}",
				"two lengths", HEAD + "Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}",
				"a chunk of a length below zero", HEAD + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
				"a chunk beyond int", HEAD + "Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\n{}",
				"bytes that are no text", ScriptedServer.ok("{\"audit_logs\": [{\"message\": \"\u00ff\u00fe\"}]}"),
				"a NUL in a text", ScriptedServer.ok("{\"audit_logs\": [{\"message\": \"a\u0000b\"}]}"))
			.collect(Collectors.collectingAndThen(Collectors.toList(), HostileResponseTests::pairs));
	}

	private static Stream<Arguments> pairs(List<String> namesAndResponses) {
		return IntStream.range(0, namesAndResponses.size() / 2)
			.boxed()
			.flatMap((i) -> Stream.of(CONNECTORS)
				.map((connector) -> Arguments.argumentSet(connector + ", " + namesAndResponses.get(2 * i), connector,
						namesAndResponses.get(2 * i + 1))));
	}

	@ParameterizedTest
	@MethodSource("hostileResponses")
	void hostileResponseShouldFailByNameAndLeaveTheClientUsable(String connector, String response) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			boolean hostile = exchange.number() == 1;
			exchange.write(hostile ? response : ok(exchange));
			return !hostile;
		})) {
			run(server, connector, (client) -> {
				StepVerifier.create(read(client, "acme")).expectErrorSatisfies((ex) -> {
					assertThat(ex).isInstanceOf(TursoException.class);
					assertThat(ex.getMessage()).contains("organization 'acme'").hasSizeLessThan(2000);
				}).verify(PATIENCE);
				StepVerifier.create(read(client, "acme").retry(2))
					.expectNext("of acme")
					.expectComplete()
					.verify(PATIENCE);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void secondResponseShouldNotBeReadAsAnothersLog(String connector) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write(ok(exchange) + ok(exchange));
			return true;
		})) {
			run(server, connector, HostileResponseTests::assertEachReadsItsOwnLogOrFails);
		}
	}

	/**
	 * Each request waits for the connection, and is sent while a response is received.
	 */
	@Test
	void secondResponseShouldNotBeReadByARequestThatWaitsForTheConnection() {
		ConnectionProvider provider = ConnectionProvider.builder("one")
			.maxConnections(1)
			.pendingAcquireMaxCount(-1)
			.build();
		HttpClient httpClient = InformationalResponses.discardedBy(HttpClient.create(provider));
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write(ok(exchange) + ok(exchange));
			return true;
		})) {
			AuditLogClient client = AuditLogClient.builder()
				.webClient(() -> WebClient.builder().clientConnector(new ReactorClientHttpConnector(httpClient)))
				.baseUrl(URI.create(server.baseUrl()))
				.apiToken("token-of-the-test")
				.build();
			StepVerifier
				.create(Flux.range(0, 200)
					.map((number) -> "org-" + number)
					.flatMap((organization) -> read(client, organization).map(("of " + organization)::equals)
						.onErrorResume(TursoException.class, (ex) -> Mono.just(true)), 8)
					.filter((own) -> !own))
				.expectComplete()
				.verify(PATIENCE);
		}
		finally {
			provider.dispose();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void bodyLongerThanItsLengthShouldNotBeReadAsAnothersLog(String connector) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write(ok(exchange) + "{\"audit_logs\": [{\"message\": \"of nobody\"}]}");
			return true;
		})) {
			run(server, connector, HostileResponseTests::assertEachReadsItsOwnLogOrFails);
		}
	}

	private static void assertEachReadsItsOwnLogOrFails(AuditLogClient client) {
		for (int i = 0; i < 20; i++) {
			String organization = "org-" + i;
			StepVerifier
				.create(read(client, organization).onErrorResume(TursoException.class,
						(ex) -> Mono.just("of " + organization)))
				.expectNext("of " + organization)
				.expectComplete()
				.verify(PATIENCE);
		}
	}

	private void run(ScriptedServer server, String connector, Consumer<AuditLogClient> story) {
		this.runner
			.withPropertyValues("turso.base-url=" + server.baseUrl(),
					"spring.http.clients.reactive.connector=" + connector)
			.run((context) -> story.accept(context.getBean(AuditLogClient.class)));
	}

	private static String ok(ScriptedServer.Exchange exchange) {
		String organization = exchange.target()
			.substring("/v1/organizations/".length(), exchange.target().lastIndexOf("/"));
		return ScriptedServer.ok("{\"audit_logs\": [{\"message\": \"of %s\"}]}".formatted(organization));
	}

	private static Mono<String> read(AuditLogClient client, String organization) {
		return client.list(AuditLogQuery.builder().organization(organization).page(1).build())
			.map((page) -> page.auditLogs().isEmpty() ? "nothing" : String.valueOf(page.auditLogs().get(0).message()));
	}

	private static String bomb() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
			for (int i = 0; i < 64; i++) {
				gzip.write(spaces);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toString(StandardCharsets.ISO_8859_1);
	}

}
