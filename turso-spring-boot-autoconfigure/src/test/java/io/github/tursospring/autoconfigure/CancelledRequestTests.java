package io.github.tursospring.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoTransportException;
import io.github.tursospring.auditlog.internal.http.ScriptedServer;

import static io.github.tursospring.autoconfigure.ClientAssertions.assertReads;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are cancelled, or exceed the time limit, leave no connection in use. The
 * JDK's connector does not end the body of a response.
 */
@Tag("slow")
class CancelledRequestTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration PAUSE = Duration.ofMillis(20);

	/** More than the connections of Apache HttpComponents to one host. */
	private static final int REQUESTS = 8;

	private static final int CANCELLATIONS = 200;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, HttpClientAutoConfiguration.class))
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme", "turso.retry.max-retries=0",
				"turso.read-timeout=10m");

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicBoolean hanging = new AtomicBoolean(true);

	@ParameterizedTest
	@CsvSource({ "reactor, NOTHING", "reactor, HEAD", "reactor, BODY", "reactor, CUT_BODY", "jdk, NOTHING", "jdk, HEAD",
			"jetty, NOTHING", "jetty, HEAD", "jetty, BODY", "jetty, CUT_BODY", "http-components, NOTHING",
			"http-components, HEAD", "http-components, BODY", "http-components, CUT_BODY" })
	void requestWhenCancelledShouldLeaveNoConnectionInUse(String connector, Hang hang) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> answer(exchange, hang))) {
			run(server, connector, (client) -> {
				for (int i = 1; i <= REQUESTS; i++) {
					int number = i;
					Disposable call = client.list(AuditLogQuery.builder().page(1).build()).subscribe();
					Awaitility.await().atMost(PATIENCE).until(() -> server.requests() >= number);
					call.dispose();
				}
				assertNoneInUse(client);
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "reactor, HEAD", "jdk, HEAD", "jetty, HEAD", "http-components, NOTHING", "http-components, HEAD",
			"http-components, BODY", "http-components, CUT_BODY" })
	void requestWhenTimeLimitIsExceededShouldLeaveNoConnectionInUse(String connector, Hang hang) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> answer(exchange, hang))) {
			run(server, connector, (client) -> {
				for (int i = 1; i <= REQUESTS; i++) {
					StepVerifier.create(client.list(AuditLogQuery.builder().page(1).build()))
						.expectError(TursoTransportException.class)
						.verify(PATIENCE);
				}
				assertNoneInUse(client);
			}, "turso.response-timeout=500ms");
		}
	}

	/** A request that is cancelled while it connects must not leave its connection. */
	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void requestWhenCancelledAtOnceShouldLeaveNoConnectionOpen(String connector) {
		this.hanging.set(false);
		try (ScriptedServer server = new ScriptedServer((exchange) -> answer(exchange, Hang.NOTHING))) {
			run(server, connector, (client) -> {
				for (int i = 0; i < CANCELLATIONS; i++) {
					client.list(AuditLogQuery.builder().page(1).build()).subscribe().dispose();
				}
				assertReads(client, "read");
				Awaitility.await().atMost(PATIENCE).until(() -> server.connections() <= REQUESTS);
			});
		}
	}

	private void assertNoneInUse(AuditLogClient client) {
		this.hanging.set(false);
		assertReads(client, "read");
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.open).hasValue(0));
	}

	private boolean answer(ScriptedServer.Exchange exchange, Hang hang) throws IOException {
		if (!this.hanging.get()) {
			exchange.write(ScriptedServer.ok("{\"audit_logs\": [{\"message\": \"read\"}]}"));
			return true;
		}
		this.open.incrementAndGet();
		try {
			exchange.write(hang.beginning);
			while (!exchange.awaitRequest(PAUSE)) {
				exchange.write(hang.more);
			}
			return false;
		}
		finally {
			this.open.decrementAndGet();
		}
	}

	private void run(ScriptedServer server, String connector, Consumer<AuditLogClient> story, String... properties) {
		this.runner.withPropertyValues(properties)
			.withPropertyValues("turso.base-url=" + server.baseUrl(),
					"spring.http.clients.reactive.connector=" + connector)
			.run((context) -> story.accept(context.getBean(AuditLogClient.class)));
	}

	enum Hang {

		NOTHING("", ""),

		HEAD("HTTP/1.1 200 OK\r\nX: ", "x"),

		BODY("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{", " "),

		CUT_BODY("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{", "");

		private final String beginning;

		private final String more;

		Hang(String beginning, String more) {
			this.beginning = beginning;
			this.more = more;
		}

	}

}
