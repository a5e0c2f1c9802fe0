package io.github.tursospring.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
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
import io.github.tursospring.test.Signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/**
 * Responses that are made to exhaust or to confuse the client, which fail by name, and
 * leave it usable.
 */
class HostileResponseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String PAGE = "{\"audit_logs\": []}";

	private static final String HEAD = "HTTP/1.1 200 OK\r\n";

	private static final String BOMB = bomb();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, HttpClientAutoConfiguration.class))
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme", "turso.retry.max-retries=0",
				"turso.max-response-size=1MB", "turso.response-timeout=5s");

	private static final Map<String, String> HOSTILE = new TreeMap<>(Map.of("100,000 headers",
			HEAD + "X: y\r\n".repeat(100_000) + "Content-Length: 18\r\n\r\n" + PAGE, "a header of 1 MB",
			HEAD + "X: " + "y".repeat(1_000_000) + "\r\nContent-Length: 18\r\n\r\n" + PAGE, "a status line of 1 MB",
			"HTTP/1.1 200 " + "y".repeat(1_000_000) + "\r\nContent-Length: 18\r\n\r\n" + PAGE, "a length of no number",
			HEAD + "Content-Length: abc\r\n\r\n" + PAGE, "a chunk of a length below zero",
			HEAD + "Transfer-Encoding: chunked\r\n\r\n-12\r\n" + PAGE + "\r\n0\r\n\r\n", "a chunk beyond int",
			HEAD + "Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\n" + PAGE, "bytes that are no text",
			ScriptedServer.ok("{\"audit_logs\": [{\"message\": \"\u00ff\u00fe\"}]}"), "a NUL in a text",
			ScriptedServer.ok("{\"audit_logs\": [{\"message\": \"a\u0000b\"}]}")));

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void hostileResponseShouldFailByNameAndLeaveTheClientUsable(String connector) {
		AtomicReference<String> hostile = new AtomicReference<>();
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			String response = hostile.getAndSet(null);
			exchange.write((response != null) ? response : ok(exchange));
			return response == null;
		})) {
			run(server, connector, (client) -> HOSTILE.forEach((name, response) -> {
				hostile.set(response);
				StepVerifier.create(await(read(client, "acme"))).expectErrorSatisfies((ex) -> {
					assertThat(ex).as(name).isInstanceOf(TursoException.class);
					assertThat(ex.getMessage()).contains("organization 'acme'").hasSizeLessThan(2000);
				}).verify(PATIENCE);
				StepVerifier.create(await(read(client, "acme").retry(2)))
					.expectNext("of acme")
					.expectComplete()
					.verify(PATIENCE);
			}));
		}
	}

	/**
	 * The JDK's client and Jetty's do not decompress, nor does HttpComponents as Spring
	 * Boot 4.0 brings it.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "reactor", "http-components" })
	void compressedResponseAboveLimitShouldFail(String connector) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write(HEAD + "Content-Encoding: gzip\r\nContent-Length: " + BOMB.length() + "\r\n\r\n" + BOMB);
			return true;
		})) {
			String tooLarge = "The response with the audit log of organization 'acme' is larger than 1048576 bytes."
					+ " Raise turso.max-response-size or lower turso.audit-logs.page-size.";
			run(server, connector, (client) -> StepVerifier.create(await(read(client, "acme")))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(TursoException.class)
					.extracting(Throwable::getMessage, STRING)
					.containsAnyOf(tooLarge,
							connector.equals("reactor") ? tooLarge : "Illegal character ((CTRL-CHAR, code 31))"))
				.verify(PATIENCE));
		}
	}

	/**
	 * Jetty's own decoder never ends on these.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void cutCompressedResponseShouldFailBeforeTheTimeLimit(String connector) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			String cut = BOMB.substring(0, exchange.number());
			exchange.write(HEAD + "Content-Encoding: gzip\r\nContent-Length: " + cut.length() + "\r\n\r\n" + cut);
			return true;
		})) {
			run(server, connector, (client) -> {
				for (int i = 0; i < 20; i++) {
					StepVerifier.create(await(read(client, "acme")))
						.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(TursoException.class,
								(failure) -> assertThat(failure.reason()).isNotEqualTo(TursoException.Reason.TIMEOUT)))
						.verify(PATIENCE);
				}
			});
		}
	}

	/**
	 * The JDK's client goes by the first length, or the end of the connection.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void responseOfContradictoryLengthShouldFailOrBeReadWhole(String connector) {
		List<String> lengths = List.of("Content-Length: -1", "Content-Length: 18\r\nContent-Length: 20",
				"Content-Length: 18\r\nContent-Length: 2", "Content-Length: 18\r\nTransfer-Encoding: chunked");
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write(HEAD + lengths.get(exchange.number() - 1) + "\r\n\r\n" + PAGE);
			return false;
		})) {
			run(server, connector, (client) -> {
				while (server.requests() < lengths.size()) {
					StepVerifier
						.create(await(
								read(client, "acme").onErrorResume(TursoException.class, (ex) -> Mono.just("nothing"))))
						.expectNext("nothing")
						.expectComplete()
						.verify(PATIENCE);
				}
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void endlessResponseShouldFailBeforeTheTimeLimit(String connector) {
		List<String> beginnings = List.of("HTTP/1.1 200 ", HEAD + "X: ", HEAD,
				HEAD + "Transfer-Encoding: chunked\r\n\r\n1;x=",
				HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: ",
				HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n");
		AtomicReference<String> endless = new AtomicReference<>();
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			String beginning = endless.get();
			String more = beginning.endsWith("\n") ? "X: y\r\n".repeat(10_000) : "y".repeat(60_000);
			exchange.write(beginning);
			while (true) {
				exchange.write(more);
			}
		})) {
			run(server, connector, (client) -> beginnings.forEach((beginning) -> {
				endless.set(beginning);
				StepVerifier.create(await(read(client, "acme")))
					.expectErrorSatisfies((ex) -> assertThat(ex).as(beginning)
						.isInstanceOfSatisfying(TursoException.class,
								(failure) -> assertThat(failure.reason()).isNotEqualTo(TursoException.Reason.TIMEOUT)))
					.verify(PATIENCE);
			}), "turso.response-timeout=30s");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void failureShouldNotBeRetriedByTheConnector(String connector) {
		List<String> statuses = List.of("503 Service Unavailable", "429 Too Many Requests");
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write("HTTP/1.1 " + statuses.get(exchange.number() - 1)
					+ "\r\nRetry-After: 1\r\nContent-Length: 2\r\n\r\n{}");
			return true;
		})) {
			run(server, connector, (client) -> {
				for (int i = 1; i <= statuses.size(); i++) {
					StepVerifier.create(await(read(client, "acme"))).expectError(TursoException.class).verify(PATIENCE);
					assertThat(server.requests()).isEqualTo(i);
				}
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
				.create(await(Flux.range(0, 200)
					.map((number) -> "org-" + number)
					.flatMap((organization) -> read(client, organization).map(("of " + organization)::equals)
						.onErrorResume(TursoException.class, (ex) -> Mono.just(true)), 8)
					.filter((own) -> !own)))
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
				.create(await(read(client, organization).onErrorResume(TursoException.class,
						(ex) -> Mono.just("of " + organization))))
				.expectNext("of " + organization)
				.expectComplete()
				.verify(PATIENCE);
		}
	}

	private void run(ScriptedServer server, String connector, Consumer<AuditLogClient> story, String... properties) {
		this.runner.withPropertyValues(properties)
			.withPropertyValues("turso.base-url=" + server.baseUrl(),
					"spring.http.clients.reactive.connector=" + connector)
			.run((context) -> story.accept(context.getBean(AuditLogClient.class)));
	}

	private static String ok(ScriptedServer.Exchange exchange) {
		String organization = exchange.target()
			.substring("/v1/organizations/".length(), exchange.target().lastIndexOf("/"));
		return ScriptedServer.ok("{\"audit_logs\": [{\"message\": \"of %s\"}]}".formatted(organization));
	}

	private static <T> Flux<T> await(Publisher<T> source) {
		return Signals.await(source, PATIENCE);
	}

	private static Mono<String> read(AuditLogClient client, String organization) {
		return client.list(AuditLogQuery.builder().organization(organization).page(1).build())
			.map((page) -> page.auditLogs().isEmpty() ? "nothing" : String.valueOf(page.auditLogs().get(0).message()));
	}

	private static String bomb() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
			gzip.write(PAGE.getBytes(StandardCharsets.US_ASCII));
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
