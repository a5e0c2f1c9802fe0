package io.github.tursospring.sample.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.reactive.server.WebTestClient;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoTransportException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link LiveController} and {@link SecurityHeadersFilter}.
 */
@WebFluxTest(LiveController.class)
class LiveControllerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Instant TIME = Instant.parse("2026-01-01T12:00:00Z");

	@Autowired
	private WebTestClient web;

	@MockitoBean
	private AuditLogClient client;

	@Test
	void dividesTheLogALookbackBeforeTheNewestEntry() {
		given(this.client.list(any(AuditLogQuery.class))).willReturn(Mono.just(page("token", entry("newest"))));
		this.web.get()
			.uri("/audit-logs/live/start")
			.exchange()
			.expectBody()
			.json("{'newest':'2026-01-01T12:00:00Z','startTime':'2026-01-01T11:59:00Z'}".replace('\'', '"'));
	}

	@Test
	void followsAnEmptyLogFromTheBeginning() {
		given(this.client.list(any(AuditLogQuery.class))).willReturn(Mono.just(page("token")));
		this.web.get()
			.uri("/audit-logs/live/start")
			.exchange()
			.expectBody()
			.jsonPath("$.startTime")
			.isEqualTo("1970-01-01T00:00:00Z");
	}

	@Test
	void sendsWhatMatchesWithTheTokenAndWhatItComesTo() {
		given(this.client.follow(any(AuditLogQuery.class)))
			.willReturn(Flux.just(page("one", entry("a"), entry("b")), page("two")).concatWith(Mono.never()));
		StepVerifier.create(events("?q=B&startTime=2026-01-01T00:00:00Z").filter((event) -> event.id() != null).take(2))
			.assertNext((event) -> {
				assertThat(event.id()).isEqualTo("one");
				assertThat(event.data().at("/auditLogs").size()).isOne();
				assertThat(event.data().at("/auditLogs/0/message").stringValue()).isEqualTo("b");
				assertThat(event.data().at("/summary/total").intValue()).isOne();
			})
			.assertNext((event) -> assertThat(event.id()).isEqualTo("two"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void goesOnAfterTheLastEventRatherThanTheTokenOfTheAddress() {
		given(this.client.follow(any(AuditLogQuery.class)))
			.willReturn(Flux.just(page("next")).concatWith(Mono.never()));
		this.web.get()
			.uri("/audit-logs/live?token=old&endTime=2026-02-01T00:00:00Z")
			.header("Last-Event-ID", "newer")
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseBody()
			.blockFirst(TIMEOUT);
		then(this.client).should().follow(AuditLogQuery.builder().pageToken("newer").build());
	}

	@Test
	void saysWhyItCannotGoOn() {
		given(this.client.follow(any(AuditLogQuery.class)))
			.willReturn(Flux.error(new TursoTransportException("the reason", null)));
		StepVerifier.create(events("").filter((event) -> "failure".equals(event.event())).take(1))
			.assertNext((event) -> assertThat(event.data().at("/detail").stringValue()).isEqualTo("the reason"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void refusesAForgedToken() {
		given(this.client.follow(any(AuditLogQuery.class)))
			.willReturn(Flux.error(new IllegalArgumentException("forged")));
		this.web.get().uri("/audit-logs/live?token=forged").exchange().expectStatus().isBadRequest();
	}

	@Test
	void headersAreStrict() {
		given(this.client.list(any(AuditLogQuery.class))).willReturn(Mono.just(page("token")));
		this.web.get()
			.uri("/audit-logs/live/start")
			.exchange()
			.expectHeader()
			.valueMatches("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; .*")
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.valueEquals("X-Frame-Options", "DENY")
			.expectHeader()
			.valueEquals("Cache-Control", "no-store");
	}

	private Flux<ServerSentEvent<JsonNode>> events(String query) {
		return this.web.get()
			.uri("/audit-logs/live" + query)
			.exchange()
			.returnResult(new ParameterizedTypeReference<ServerSentEvent<JsonNode>>() {
			})
			.getResponseBody();
	}

	private static AuditLogPage page(String token, AuditLog... entries) {
		return new AuditLogPage(List.of(entries), token, false, null);
	}

	private static AuditLog entry(String message) {
		return AuditLog.builder().code("db-create").message(message).createdAt(TIME).build();
	}

}
