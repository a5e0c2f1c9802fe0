package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.TursoApiException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.TursoServerException;
import io.github.tursospring.auditlog.TursoTransportException;
import io.github.tursospring.test.Signals;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which failures of a page are tried again, and how often.
 */
class RetryTests {

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	@ParameterizedTest
	@ValueSource(ints = { 429, 502, 503, 504 })
	void fetchWhenRetriesAreExhaustedShouldFail(int status) {
		turso.answers(jsonResponse("{\"error\": \"what went wrong\"}", status));
		StepVerifier.create(turso.endpoint(TursoServer.retries(3)).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isExactlyInstanceOf(
						(status == 429) ? TursoRateLimitedException.class : TursoServerException.class);
				assertThat(((TursoApiException) ex).error()).isEqualTo("what went wrong");
			})
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(1 + 3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 502, 503, 504 })
	void fetchWhenRetrySucceedsShouldReturnPage(int status) {
		failsTwice(jsonResponse("{\"error\": \"what went wrong\"}", status));
		assertReadAfterTwoFailures();
	}

	@ParameterizedTest
	@EnumSource
	void fetchWhenRetryAfterFaultSucceedsShouldReturnPage(Fault fault) {
		failsTwice(aResponse().withStatus(200).withFault(fault));
		assertReadAfterTwoFailures();
	}

	@ParameterizedTest
	@EnumSource
	void fetchWhenRetriesAfterFaultsAreExhaustedShouldFail(Fault fault) {
		turso.answers(aResponse().withStatus(200).withFault(fault));
		StepVerifier.create(turso.endpoint(TursoServer.retries(3)).of("acme").fetch(1, 100))
			.expectError(TursoTransportException.class)
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(1 + 3);
	}

	@Test
	void fetchWhenBodyIsTruncatedShouldRetry() {
		failsTwice(okJson("{\"audit_logs\": [{\"code\": \"db-cre"));
		assertReadAfterTwoFailures();
	}

	@Test
	void fetchWhenBodyIsEmptyShouldRetry() {
		failsTwice(okJson(""));
		assertReadAfterTwoFailures();
	}

	@Test
	void fetchWhenCompressedBodyIsCutBeforeAnyOutputShouldRetry() {
		failsTwice(aResponse().withHeader("Content-Encoding", "gzip")
			.withBody(new byte[] { 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0 }));
		StepVerifier
			.create(turso.endpoint(TursoServer.httpClient().compress(true), TursoServer.retries(2))
				.of("acme")
				.fetch(1, 100))
			.expectNextCount(1)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
	}

	@Test
	void fetchWhenBodyIsAlwaysEmptyShouldSaySo() {
		turso.answers(ok());
		StepVerifier.create(turso.endpoint(TursoServer.retries(1)).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoTransportException.class)
				.hasMessageContaining("organization 'acme' is empty")
				.hasMessageContaining("turso.base-url"))
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(1 + 1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 402, 403, 404, 405, 408, 409, 418, 422, 500, 501, 505 })
	void fetchWhenStatusIsPermanentShouldNotRetry(int status) {
		turso.answers(status(status));
		StepVerifier.create(turso.endpoint(TursoServer.retries(3)).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(((TursoApiException) ex).status()).isEqualTo(status))
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(1);
	}

	@Test
	void fetchShouldCountDifferentFailuresTogether() {
		turso.stubFor(TursoServer.request()
			.inScenario("mixed")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(status(502))
			.willSetStateTo("second"));
		turso.stubFor(TursoServer.request()
			.inScenario("mixed")
			.whenScenarioStateIs("second")
			.willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE))
			.willSetStateTo("third"));
		turso.stubFor(TursoServer.request().inScenario("mixed").whenScenarioStateIs("third").willReturn(status(401)));
		StepVerifier.create(turso.endpoint(TursoServer.retries(5)).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(((TursoApiException) ex).status()).isEqualTo(401))
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(3);
	}

	@Test
	void subscribeAgainShouldHaveItsOwnRetries() {
		turso.answers(serviceUnavailable());
		Mono<SourcePage> page = turso.endpoint(TursoServer.retries(1)).of("acme").fetch(1, 100);
		StepVerifier.create(page).expectError(TursoServerException.class).verify(TursoServer.PATIENCE);
		StepVerifier.create(page).expectError(TursoServerException.class).verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(4);
	}

	@Test
	void fetchWhenResponseIsLateShouldRetry() {
		failsTwice(TursoServer.emptyPage().withFixedDelay(5000));
		StepVerifier.create(Signals.await(turso
			.endpoint(TursoServer.httpClient().responseTimeout(Duration.ofMillis(1500)), TursoServer.retries(2))
			.of("acme")
			.fetch(1, 100), TursoServer.PATIENCE)).expectNextCount(1).expectComplete().verify(TursoServer.PATIENCE);
	}

	private static void failsTwice(ResponseDefinitionBuilder failure) {
		turso.stubFor(TursoServer.request()
			.inScenario("twice")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(failure)
			.willSetStateTo("once"));
		turso.stubFor(TursoServer.request()
			.inScenario("twice")
			.whenScenarioStateIs("once")
			.willReturn(failure)
			.willSetStateTo("passed"));
		turso.stubFor(TursoServer.request()
			.inScenario("twice")
			.whenScenarioStateIs("passed")
			.willReturn(TursoServer.emptyPage()));
	}

	private static void assertReadAfterTwoFailures() {
		StepVerifier.create(turso.endpoint(TursoServer.retries(2)).of("acme").fetch(1, 100))
			.assertNext((page) -> assertThat(page.rows()).isEmpty())
			.expectComplete()
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(3);
	}

}
