package io.github.tursospring.auditlog.internal.http;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.TursoApiException;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.TursoForbiddenException;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.TursoServerException;
import io.github.tursospring.auditlog.TursoSubscriptionException;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the exception that each status becomes.
 */
class ApiErrorTests {

	private static final String PLAN_GATED = "feature_not_available_for_starter_plan";

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	static Stream<Row> rows() {
		return Stream.of(row(400, TursoApiException.class, "page"),
				row(401, TursoAuthenticationException.class, "turso.api-token",
						"turso auth api-tokens mint <name> --org <slug>"),
				row(402, TursoSubscriptionException.class, "subscription is active"),
				row(403, TursoForbiddenException.class, "scope", "token of a group does not reach it"),
				row(404, TursoNotFoundException.class, "turso.organization", "turso.base-url"),
				row(405, TursoApiException.class, "Check"), row(409, TursoApiException.class, "Check"),
				row(410, TursoApiException.class, "Check"), row(418, TursoApiException.class, "Check"),
				row(422, TursoApiException.class, "Check"),
				row(429, TursoRateLimitedException.class, "turso.retry.max-retries", "turso.retry.max-retry-after"),
				row(500, TursoServerException.class, "Try again later"),
				row(501, TursoServerException.class, "Try again later"),
				row(502, TursoServerException.class, "Try again later"),
				row(503, TursoServerException.class, "Try again later"),
				row(504, TursoServerException.class, "Try again later"),
				row(599, TursoServerException.class, "Try again later"));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void statusShouldMapToException(Row row) {
		turso.answers(jsonResponse("{\"error\": \"what went wrong\"}", row.status()));
		assertFails(row.exception(), (exception) -> {
			assertThat(exception.status()).isEqualTo(row.status());
			assertThat(exception.error()).isEqualTo("what went wrong");
			assertThat(exception.code()).isNull();
			assertThat(exception.method()).isEqualTo("GET");
			assertThat(exception.uriTemplate()).isEqualTo("/v1/organizations/{organization}/audit-logs");
			assertThat(exception.resumeToken()).isNull();
			assertThat(exception).hasMessageContaining("organization 'acme'")
				.hasMessageContaining("Turso answered " + row.status() + ": what went wrong. ")
				.hasMessageContainingAll(row.remedies().toArray(String[]::new));
		});
	}

	@ParameterizedTest
	@MethodSource("rows")
	void exceptionShouldHaveCodeOfTurso(Row row) {
		turso.answers(jsonResponse("{\"error\": \"what went wrong\", \"code\": \"some_code\"}", row.status()));
		assertFails(row.exception(), (exception) -> {
			assertThat(exception.code()).isEqualTo("some_code");
			assertThat(exception)
				.hasMessageContaining("Turso answered " + row.status() + " (some_code): what went wrong.");
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 504 })
	void codeOfPlanShouldMapToSubscriptionExceptionForAnyStatus(int status) {
		turso.answers(jsonResponse("{\"error\": \"no audit logs\", \"code\": \"" + PLAN_GATED + "\"}", status));
		StepVerifier.create(turso.endpoint(TursoServer.retries(2)).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isExactlyInstanceOf(TursoSubscriptionException.class)
					.hasMessageContaining("organization 'acme'")
					.hasMessageContaining("Scaler");
				assertThat(((TursoApiException) ex).status()).isEqualTo(status);
				assertThat(((TursoApiException) ex).code()).isEqualTo(PLAN_GATED);
			})
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(1);
	}

	@Test
	void messageShouldNameOrganization() {
		turso.stubFor(get(urlPathEqualTo("/v1/organizations/other/audit-logs")).willReturn(notFound()));
		StepVerifier.create(turso.endpoint(TursoServer.NO_RETRIES).of("other").fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoNotFoundException.class)
				.hasMessageContaining("organization 'other'"))
			.verify(TursoServer.PATIENCE);
	}

	private static void assertFails(Class<? extends TursoApiException> type, Consumer<TursoApiException> requirements) {
		StepVerifier.create(turso.endpoint(TursoServer.NO_RETRIES).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isExactlyInstanceOf(type);
				requirements.accept((TursoApiException) ex);
			})
			.verify(TursoServer.PATIENCE);
	}

	private static Row row(int status, Class<? extends TursoApiException> exception, String... remedies) {
		return new Row(status, exception, List.of(remedies));
	}

	record Row(int status, Class<? extends TursoApiException> exception, List<String> remedies) {
	}

}
