package io.github.tursospring.sample;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a log which is not read to its end is not fetched to its end.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "turso.audit-logs.follow.followers.archive.enabled=false")
@Tag("slow")
class BackPressureTests {

	private static final int ENTRIES = 200_000;

	private static final int REQUESTS_FOR_ALL = ENTRIES / 100;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final MockTursoServer turso = MockTursoServer.builder()
		.organization("acme", (log) -> log.addNumbered(ENTRIES))
		.start();

	@LocalServerPort
	private int port;

	private long requestsBefore;

	@TempDir
	private static Path directory;

	@DynamicPropertySource
	static void connect(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", () -> "jdbc:sqlite:" + directory.resolve("audit-log.db"));
		registry.add("console.evidence.key-file", () -> directory.resolve("audit-log.key").toString());
		registry.add("turso.api-token", turso::token);
		registry.add("turso.organization", turso::organization);
		registry.add("turso.base-url", turso::baseUrl);
	}

	@AfterAll
	static void close() {
		turso.close();
	}

	@BeforeEach
	void count() {
		this.requestsBefore = turso.requests().size();
	}

	@ParameterizedTest
	@ValueSource(strings = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE,
			MediaType.TEXT_EVENT_STREAM_VALUE })
	void cancelShouldStopRequests(String accept) {
		StepVerifier.create(read(accept).take(10)).expectNextCount(10).expectComplete().verify(TIMEOUT);
		assertRequestsStayWithin(50);
	}

	@ParameterizedTest
	@ValueSource(strings = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE,
			MediaType.TEXT_EVENT_STREAM_VALUE })
	void stallShouldStallRequests(String accept) throws Exception {
		try (Socket socket = new Socket()) {
			socket.setReceiveBufferSize(4096);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			socket.getOutputStream().write("""
					GET /audit-logs HTTP/1.1\r
					Host: 127.0.0.1\r
					Accept: %s\r
					\r
					""".formatted(accept).getBytes(StandardCharsets.US_ASCII));
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024);
			assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
			assertRequestsStayWithin(REQUESTS_FOR_ALL / 5);
		}
	}

	@Test
	void limitShouldStopRequests() {
		StepVerifier.create(read(MediaType.APPLICATION_JSON_VALUE, "?limit=150"))
			.expectNextCount(150)
			.expectComplete()
			.verify(TIMEOUT);
		assertRequestsStayWithin(4);
	}

	private Flux<AuditLog> read(String accept) {
		return read(accept, "");
	}

	private Flux<AuditLog> read(String accept, String query) {
		return WebClient.create("http://127.0.0.1:" + this.port)
			.get()
			.uri("/audit-logs" + query)
			.header("Accept", accept)
			.retrieve()
			.bodyToFlux(AuditLog.class);
	}

	private void assertRequestsStayWithin(long atMost) {
		Awaitility.await()
			.during(Duration.ofSeconds(1))
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(requests()).isLessThanOrEqualTo(atMost));
	}

	private long requests() {
		return turso.requests().size() - this.requestsBefore;
	}

}
