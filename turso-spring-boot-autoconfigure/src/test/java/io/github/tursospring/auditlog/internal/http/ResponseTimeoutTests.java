package io.github.tursospring.auditlog.internal.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoTransportException;
import io.github.tursospring.test.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the time limit of a complete response: a server that always sends a little
 * more within the read timeout.
 */
@Tag("slow")
class ResponseTimeoutTests {

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration PAUSE = Duration.ofMillis(20);

	@ParameterizedTest
	@EnumSource
	void fetchWhenResponseNeverEndsShouldFailOnEachAttempt(Drip drip) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> drip(exchange, drip))) {
			AtomicInteger retries = new AtomicInteger();
			PageListener listener = new PageListener() {
				@Override
				public void onRetry(TursoException reason, Duration wait) {
					assertThat(reason.reason()).isEqualTo(TursoException.Reason.TIMEOUT);
					retries.incrementAndGet();
				}
			};
			StepVerifier
				.create(Signals.await(endpoint(server, Duration.ofMillis(200)).of("acme", listener).fetch(1, 100),
						TursoServer.PATIENCE))
				.expectErrorSatisfies((ex) -> {
					assertThat(ex).isExactlyInstanceOf(TursoTransportException.class)
						.hasMessageContaining("organization 'acme'")
						.hasMessageContaining("within 200 ms, the time limit of turso.response-timeout");
					assertThat(((TursoException) ex).reason()).isEqualTo(TursoException.Reason.TIMEOUT);
					assertThat(((TursoException) ex).isRetryable()).isTrue();
				})
				.verify(TursoServer.PATIENCE);
			assertThat(retries).hasValue(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void fetchWhenOnlyOneAttemptNeverEndsShouldReturnPage(Drip drip) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			if (exchange.number() == 1) {
				return drip(exchange, drip);
			}
			exchange.write(ScriptedServer.ok("{\"audit_logs\": []}"));
			return true;
		})) {
			StepVerifier
				.create(Signals.await(endpoint(server, Duration.ofMillis(800)).of("acme").fetch(1, 100),
						TursoServer.PATIENCE))
				.expectNextCount(1)
				.expectComplete()
				.verify(TursoServer.PATIENCE);
		}
	}

	private static boolean drip(ScriptedServer.Exchange exchange, Drip drip) throws IOException {
		exchange.write(drip.beginning);
		while (!exchange.awaitRequest(PAUSE)) {
			exchange.write(drip.more);
		}
		return false;
	}

	private static AuditLogEndpoint endpoint(ScriptedServer server, Duration responseTimeout) {
		HttpClient httpClient = InformationalResponses
			.discardedBy(TursoServer.httpClient().responseTimeout(READ_TIMEOUT));
		WebClient webClient = WebClient.builder()
			.baseUrl(server.baseUrl())
			.clientConnector(new ReactorClientHttpConnector(httpClient))
			.build();
		return new AuditLogEndpoint(() -> webClient, TursoServer.TOKEN,
				new EndpointSettings(TursoServer.retries(2), 1 << 20, responseTimeout));
	}

	enum Drip {

		HEAD("HTTP/1.1 200 OK\r\nX: ", "x"),

		BODY("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{", " "),

		CHUNKED_BODY("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),

		ERROR_BODY("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 1000000\r\n\r\n", "x"),

		INFORMATIONAL("HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\n"),

		CONTINUE("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n");

		private final String beginning;

		private final String more;

		Drip(String beginning, String more) {
			this.beginning = beginning;
			this.more = more;
		}

	}

}
