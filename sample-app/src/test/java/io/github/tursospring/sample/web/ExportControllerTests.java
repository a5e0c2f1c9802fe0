package io.github.tursospring.sample.web;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import io.github.tursospring.auditlog.TursoTransportException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link ExportController} and {@link SummaryController}.
 */
@WebFluxTest({ ExportController.class, SummaryController.class })
class ExportControllerTests {

	@Autowired
	private WebTestClient web;

	@MockitoBean
	private AuditLogClient client;

	@ParameterizedTest
	@CsvSource({ "csv, text/csv;charset=UTF-8, 4", "ndjson, application/x-ndjson, 3", "json, application/json, 5" })
	void sendsAFile(String format, String contentType, int lines) {
		given(this.client.streamAll(any(AuditLogQuery.class))).willReturn(entries(3));
		String body = this.web.get()
			.uri("/audit-logs/export?format={format}&code=db-delete", format)
			.exchange()
			.expectHeader()
			.contentType(contentType)
			.expectHeader()
			.valueMatches("Content-Disposition",
					"attachment; filename=\"audit-log-[0-9]{8}T[0-9]{6}Z\\." + format + "\"")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(body).hasLineCount(lines);
		then(this.client).should().streamAll(AuditLogQuery.builder().code("db-delete").build());
	}

	@Test
	void failureBeforeTheFirstEntryIsNoFile() {
		given(this.client.streamAll(any(AuditLogQuery.class)))
			.willReturn(Flux.error(new TursoTransportException("the reason", null)));
		this.web.get()
			.uri("/audit-logs/export")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.BAD_GATEWAY)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.doesNotExist("Content-Disposition");
	}

	@Test
	void refusesAnUnknownFormat() {
		this.web.get().uri("/audit-logs/export?format=xml").exchange().expectStatus().isBadRequest();
	}

	@Test
	void summarizesWhatMatches() {
		given(this.client.streamAll(any(AuditLogQuery.class))).willReturn(entries(30));
		this.web.get()
			.uri("/audit-logs/summary?q=entry 1")
			.exchange()
			.expectBody()
			.jsonPath("$.total")
			.isEqualTo(11)
			.jsonPath("$.codes[0].kind")
			.isEqualTo("destructive");
	}

	private static Flux<AuditLog> entries(int count) {
		return Flux.fromStream(() -> IntStream.range(0, count)
			.mapToObj((i) -> AuditLog.builder().code("db-delete").message("entry " + i).build()));
	}

}
