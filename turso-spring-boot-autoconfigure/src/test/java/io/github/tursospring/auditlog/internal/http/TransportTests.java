package io.github.tursospring.auditlog.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.TursoTransportException;
import io.github.tursospring.test.Signals;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for answers that do not come, or not to their end.
 */
class TransportTests {

	private static final HttpClient IMPATIENT = TursoServer.httpClient().responseTimeout(Duration.ofMillis(500));

	private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	@ParameterizedTest
	@EnumSource
	void fetchWhenConnectionFailsShouldFail(Fault fault) {
		turso.answers(aResponse().withStatus(200).withFault(fault));
		assertFails(turso.endpoint(TursoServer.NO_RETRIES), 7);
		// the server records a late request of another test when it has answered it
		assertThat(turso.getAllServeEvents()).filteredOn((event) -> event.getRequest().getUrl().contains("page=7&"))
			.hasSize(1);
	}

	@Test
	void fetchWhenConnectionIsRefusedShouldFail() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		assertFails("http://localhost:" + port, TursoServer.httpClient());
	}

	@Test
	void fetchWhenHostIsUnknownShouldFail() {
		assertFails("http://no-such-host.invalid", TursoServer.httpClient());
	}

	@Test
	void fetchWhenResponseIsLateShouldFail() {
		turso.answers(TursoServer.emptyPage().withFixedDelay(5000));
		assertFails(turso.endpoint(IMPATIENT, TursoServer.NO_RETRIES));
	}

	@Test
	void fetchWhenResponseIsSlowShouldSucceed() {
		turso.answers(okJson("{\"audit_logs\": [" + " ".repeat(1000) + "]}").withChunkedDribbleDelay(20, 3000));
		HttpClient httpClient = TursoServer.httpClient().responseTimeout(Duration.ofMillis(1500));
		StepVerifier
			.create(Signals.await(turso.endpoint(httpClient, TursoServer.NO_RETRIES).of("acme").fetch(1, 100),
					TursoServer.PATIENCE))
			.assertNext((page) -> assertThat(page.rows()).isEmpty())
			.expectComplete()
			.verify(TursoServer.PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"audit_", CHUNKED + "8\r\n{\"audit_\r\n" })
	void fetchWhenResponseStallsShouldFail(String beginning) {
		try (RawServer server = RawServer.stalling(beginning)) {
			assertFails(server.baseUrl(), IMPATIENT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"audit_logs\": []}",
			CHUNKED + "12\r\n{\"audit_logs\": []}", CHUNKED + "12\r\n{\"audit_logs\": []}\r\n",
			CHUNKED + "not a length\r\n{}\r\n0\r\n\r\n", "this is no HTTP at all\r\n\r\n" })
	void fetchWhenResponseIsNotHttpShouldFail(String answer) {
		try (RawServer server = new RawServer(answer)) {
			assertFails(server.baseUrl(), TursoServer.httpClient());
			assertThat(server.requests()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"audit_logs\"", "{\"audit_logs\": [", "{\"audit_logs\": [{\"code\": \"db-cr",
			"{\"audit_logs\": [{\"data\": {\"n\": ", "{\"audit_logs\": [{}", "{\"audit_logs\": []" })
	void fetchWhenBodyIsTruncatedShouldFail(String body) {
		turso.answers(okJson(body));
		assertFails(turso.endpoint(TursoServer.NO_RETRIES));
	}

	@Test
	void exceptionShouldHaveCause() {
		turso.answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
		StepVerifier.create(turso.endpoint(TursoServer.NO_RETRIES).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasCauseInstanceOf(IOException.class))
			.verify(TursoServer.PATIENCE);
	}

	private static void assertFails(String baseUrl, HttpClient httpClient) {
		assertFails(TursoServer.endpoint(baseUrl, httpClient, TursoServer.NO_RETRIES));
	}

	private static void assertFails(AuditLogEndpoint endpoint) {
		assertFails(endpoint, 1);
	}

	private static void assertFails(AuditLogEndpoint endpoint, int page) {
		StepVerifier.create(Signals.await(endpoint.of("acme").fetch(page, 100), TursoServer.PATIENCE))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoTransportException.class)
				.hasMessageContaining("organization 'acme'")
				.hasMessageMatching("(?s).*(turso.connect-timeout|between this application and Turso).*"))
			.verify(TursoServer.PATIENCE);
	}

}
