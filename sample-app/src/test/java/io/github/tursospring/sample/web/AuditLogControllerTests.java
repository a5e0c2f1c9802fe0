package io.github.tursospring.sample.web;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.reactive.server.WebTestClient;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoApiError;
import io.github.tursospring.auditlog.TursoApiException;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoForbiddenException;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.TursoServerException;
import io.github.tursospring.auditlog.TursoSubscriptionException;
import io.github.tursospring.auditlog.TursoTransportException;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link AuditLogController} and {@link ProblemAdvice}.
 */
@WebFluxTest(AuditLogController.class)
class AuditLogControllerTests {

	@Autowired
	private WebTestClient web;

	@MockitoBean
	private AuditLogClient client;

	@ParameterizedTest
	@CsvSource({ "*/*, application/json", "application/json, application/json",
			"application/x-ndjson, application/x-ndjson", "text/event-stream, text/event-stream;charset=UTF-8",
			"'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', application/json" })
	void answersInTheFormatThatIsAccepted(String accept, String contentType) {
		given(this.client.streamAll(any(AuditLogQuery.class))).willReturn(Flux.just(entry("1"), entry("2")));
		this.web.get()
			.uri("/audit-logs")
			.header("Accept", accept)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(contentType)
			.expectBodyList(AuditLog.class)
			.contains(entry("1"), entry("2"))
			.hasSize(2);
	}

	@Test
	void answersAnArrayWithoutAccept() {
		given(this.client.streamAll(any(AuditLogQuery.class))).willReturn(Flux.empty());
		this.web.get()
			.uri("/audit-logs")
			.exchange()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody(String.class)
			.isEqualTo("[]");
	}

	@Test
	void asksForWhatTheParametersSay() {
		given(this.client.streamAll(any(AuditLogQuery.class)))
			.willReturn(Flux.just(entry("1"), entry("2"), entry("3")));
		this.web.get()
			.uri("/audit-logs?code=db-delete&author=iku&author=maya&order=asc&startTime=2026-01-31T00:00:00Z&limit=2")
			.exchange()
			.expectBodyList(AuditLog.class)
			.hasSize(2);
		then(this.client).should()
			.streamAll(AuditLogQuery.builder()
				.code("db-delete")
				.author("iku", "maya")
				.order(AuditLogQuery.Order.ASC)
				.startTime(Instant.parse("2026-01-31T00:00:00Z"))
				.build());
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", "application/x-ndjson", "text/event-stream" })
	void saysWhatIsWrongWithARequest(String accept) {
		this.web.get()
			.uri("/audit-logs?order=newest")
			.header("Accept", accept)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("order must be asc or desc, not 'newest'");
		then(this.client).shouldHaveNoInteractions();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void saysWhyTursoCouldNotBeRead(TursoException failure, @Nullable Integer tursoStatus) {
		given(this.client.streamAll(any(AuditLogQuery.class))).willReturn(Flux.error(failure));
		WebTestClient.BodyContentSpec body = this.web.get()
			.uri("/audit-logs")
			.header("Accept", "text/event-stream")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.BAD_GATEWAY)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("the reason");
		if (tursoStatus != null) {
			body.jsonPath("$.tursoStatus").isEqualTo(tursoStatus);
		}
		else {
			body.jsonPath("$.tursoStatus").doesNotExist();
		}
	}

	static Stream<Object[]> failures() {
		return Stream.of(new Object[] { new TursoAuthenticationException("the reason", error(401)), 401 },
				new Object[] { new TursoSubscriptionException("the reason", error(402)), 402 },
				new Object[] { new TursoForbiddenException("the reason", error(403)), 403 },
				new Object[] { new TursoNotFoundException("the reason", error(404)), 404 },
				new Object[] { new TursoApiException("the reason", error(418)), 418 },
				new Object[] { new TursoServerException("the reason", error(500)), 500 },
				new Object[] { new TursoProtocolException("the reason", null), null },
				new Object[] { new TursoTransportException("the reason", null), null });
	}

	@ParameterizedTest
	@CsvSource({ "PT7S, 7", "PT7.2S, 8", ", 30" })
	void saysWhenToComeBack(@Nullable Duration retryAfter, String header) {
		given(this.client.streamAll(any(AuditLogQuery.class)))
			.willReturn(Flux.error(new TursoRateLimitedException("the reason", error(429), retryAfter)));
		this.web.get()
			.uri("/audit-logs")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.valueEquals("Retry-After", header)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("the reason");
	}

	private static AuditLog entry(String message) {
		return AuditLog.builder()
			.code("db-create")
			.message(message)
			.author("iku")
			.createdAt(Instant.parse("2023-12-20T09:46:08Z"))
			.build();
	}

	private static TursoApiError error(int status) {
		return new TursoApiError(status, null, null, "GET", "/v1/organizations/{organization}/audit-logs");
	}

}
