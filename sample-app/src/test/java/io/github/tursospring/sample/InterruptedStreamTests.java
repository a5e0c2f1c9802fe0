package io.github.tursospring.sample;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoTransportException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * Tests that a log which could not be read to its end does not look as if it were whole.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "turso.api-token=", "turso.audit-logs.follow.followers.archive.enabled=false" })
@Tag("slow")
class InterruptedStreamTests {

	@LocalServerPort
	private int port;

	@MockitoBean
	private AuditLogClient client;

	@ParameterizedTest
	@ValueSource(strings = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE,
			MediaType.TEXT_EVENT_STREAM_VALUE })
	void streamWhenReadingFailsShouldCutConnectionAndLogReason(String accept, CapturedOutput output) {
		AuditLog entry = AuditLog.builder().code("db-create").build();
		given(this.client.streamAll(any(AuditLogQuery.class))).willReturn(
				Flux.just(entry, entry).concatWith(Flux.error(new TursoTransportException("the reason", null))));
		Flux<AuditLog> read = WebClient.create("http://127.0.0.1:" + this.port)
			.get()
			.uri("/audit-logs")
			.header("Accept", accept)
			.retrieve()
			.bodyToFlux(AuditLog.class);
		StepVerifier.create(read)
			.thenConsumeWhile(entry::equals)
			.expectError(WebClientException.class)
			.verify(Duration.ofSeconds(30));
		assertThat(output).contains("the reason");
	}

}
