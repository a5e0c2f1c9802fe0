package io.github.tursospring.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogCode;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleApplication} as a whole, as it runs without an account.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "turso.api-token=", "console.demo.interval=200ms" })
class SampleApplicationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@LocalServerPort
	private int port;

	@Autowired
	private MockTursoServer turso;

	private WebClient web;

	@BeforeEach
	void createWebClient() {
		this.web = WebClient.create("http://127.0.0.1:" + this.port);
	}

	@ParameterizedTest
	@ValueSource(strings = { MediaType.ALL_VALUE, MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE,
			MediaType.TEXT_EVENT_STREAM_VALUE })
	void auditLogsShouldBeTheWholeLog(String accept) {
		StepVerifier.create(read("/audit-logs", accept).collectList()).assertNext((entries) -> {
			assertThat(entries).hasSizeGreaterThanOrEqualTo(5000);
			assertThat(entries).isSortedAccordingTo(Comparator.comparing(AuditLog::createdAt).reversed());
			assertThat(entries).extracting(AuditLog::id).isNotEmpty();
		}).expectComplete().verify(TIMEOUT);
	}

	@Test
	void auditLogsShouldBeFiltered() {
		StepVerifier
			.create(read("/audit-logs?code=db-delete&code=db-create&author=maya&limit=50",
					MediaType.APPLICATION_JSON_VALUE)
				.collectList())
			.assertNext((entries) -> assertThat(entries).hasSize(50).allSatisfy((entry) -> {
				assertThat(entry.author()).isEqualTo("maya");
				assertThat(entry.code()).isIn(AuditLogCode.DB_CREATE, AuditLogCode.DB_DELETE);
			}))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	@Tag("slow")
	void newEntriesShouldBeArchived() {
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> get("/api/status").at("/organizations/0/archived").intValue() > 5300);
		JsonNode status = get("/api/status");
		assertThat(status.get("demo").booleanValue()).isTrue();
		assertThat(status.get("login").booleanValue()).isFalse();
		// A day is sealed two minutes after its end
		LocalDate sealed = LocalDate.ofInstant(Instant.now().minusSeconds(120), ZoneOffset.UTC).minusDays(1);
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> get("/api/status").at("/organizations/0/lastSeal").stringValue(""),
					(day) -> day.compareTo(sealed.toString()) >= 0);
	}

	private JsonNode get(String path) {
		return this.web.get().uri(path).retrieve().bodyToMono(JsonNode.class).block(TIMEOUT);
	}

	@Test
	void addedEntryShouldBeServed() {
		this.turso.log()
			.add(MockEntry.of("db-delete").message("gone").author("somebody").data(Map.of("database", "orders")));
		StepVerifier.create(read("/audit-logs?author=somebody&limit=1", MediaType.APPLICATION_JSON_VALUE))
			.assertNext((read) -> {
				assertThat(read.message()).isEqualTo("gone");
				assertThat(read.data()).containsEntry("database", "orders");
			})
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void healthShouldBeReported() {
		StepVerifier.create(this.web.get().uri("/actuator/health").retrieve().bodyToMono(JsonNode.class))
			.assertNext((health) -> {
				assertThat(health.at("/status").stringValue()).isEqualTo("UP");
				assertThat(health.at("/components/turso/status").stringValue()).isEqualTo("UP");
				assertThat(health.at("/components/turso/details/organization").stringValue()).isEqualTo("acme");
				assertThat(health.toString()).doesNotContain(this.turso.token());
			})
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void actuatorShouldExposeHealthInfoAndPrometheusOnly() {
		StepVerifier
			.create(this.web.get()
				.uri("/actuator")
				.retrieve()
				.bodyToMono(JsonNode.class)
				.map((actuator) -> actuator.get("_links").propertyNames()))
			.assertNext((links) -> assertThat(links).containsExactlyInAnyOrder("self", "health", "health-path", "info",
					"prometheus"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void prometheusShouldShowArchivedEntries() {
		String scrape = this.web.get().uri("/actuator/prometheus").retrieve().bodyToMono(String.class).block(TIMEOUT);
		assertThat(scrape).contains("turso_audit_logs_follow_");
	}

	@ParameterizedTest
	@CsvSource({ "evil.example, 400", "localhost, 200", "127.0.0.1, 200" })
	void otherHostShouldBeRefused(String host, int status) {
		StepVerifier
			.create(this.web.get()
				.uri("/")
				.header("Host", host)
				.exchangeToMono((response) -> Mono.just(response.statusCode().value())))
			.expectNext(status)
			.expectComplete()
			.verify(TIMEOUT);
	}

	private Flux<AuditLog> read(String uri, String accept) {
		return this.web.get().uri(uri).header("Accept", accept).retrieve().bodyToFlux(AuditLog.class);
	}

}
