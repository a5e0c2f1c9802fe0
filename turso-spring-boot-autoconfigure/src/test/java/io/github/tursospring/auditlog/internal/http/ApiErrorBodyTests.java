package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.TursoApiException;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.TursoServerException;
import io.github.tursospring.test.Signals;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what messages contain of the body of an error response.
 */
class ApiErrorBodyTests {

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"error": "text"}                               | text
			{"error": {"message": "text", "fields": [1]}}   | {"message":"text","fields":[1]}
			{"error": ["a", "b"]}                           | ["a","b"]
			{"error": 7}                                    | 7
			{"error": true}                                 | true
			{"error": "text", "more": {"deep": []}}         | text
			""")
	void errorShouldBeTextOrJson(String body, String error) {
		turso.answers(jsonResponse(body, 401));
		assertFails((exception) -> {
			assertThat(exception.error()).isEqualTo(error);
			assertThat(exception).hasMessageContaining("Turso answered 401: " + error);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "\n", "{}", "{\"error\": null}", "{\"error\": \"\"}",
			"{\"error\": \" \", \"code\": \"\"}" })
	void errorWhenBodyHasNoErrorShouldHaveNoText(String body) {
		turso.answers(jsonResponse(body, 401));
		assertFails((exception) -> {
			assertThat(exception.error()).isNull();
			assertThat(exception.code()).isNull();
			assertThat(exception).hasMessageContaining("Turso answered 401. ");
		});
	}

	@Test
	void errorWhenBodyIsMissingShouldHaveNoText() {
		turso.answers(status(401));
		assertFails((exception) -> assertThat(exception.error()).isNull());
	}

	@Test
	void errorWhenBodyIsHtmlShouldBeOneLine() {
		turso.answers(aResponse().withStatus(502)
			.withHeader("Content-Type", "text/html")
			.withBody("<html>\r\n\t<h1>502 Bad Gateway</h1>\u0000\n</html>\n"));
		StepVerifier.create(turso.endpoint(TursoServer.NO_RETRIES).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isExactlyInstanceOf(TursoServerException.class)
					.hasMessageContaining("Turso answered 502: <html> <h1>502 Bad Gateway</h1> </html>.");
				assertThat(((TursoApiException) ex).error()).isEqualTo("<html> <h1>502 Bad Gateway</h1> </html>");
			})
			.verify(TursoServer.PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "no such thing", "\"a JSON string\"", "[1, 2]", "7", "{\"error\": ", "{]" })
	void errorWhenBodyIsNotTursosShouldHaveItsText(String body) {
		turso.answers(jsonResponse(body, 401));
		assertFails((exception) -> assertThat(exception.error()).isEqualTo(body.trim()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html; charset=", "garbage", "application/json; charset=no-such" })
	void errorShouldNotDependOnContentType(String contentType) {
		turso
			.answers(aResponse().withStatus(401).withHeader("Content-Type", contentType).withBody("{\"error\":\"x\"}"));
		assertFails((exception) -> assertThat(exception.error()).isEqualTo("x"));
	}

	@Test
	void errorWhenCodeIsNotTextShouldHaveItsJson() {
		turso.answers(jsonResponse("{\"error\": \"x\", \"code\": {\"a\": 1}}", 401));
		assertFails((exception) -> assertThat(exception.code()).isEqualTo("{\"a\":1}"));
	}

	@Test
	void errorWhenTextIsLongShouldBeShortened() {
		turso.answers(jsonResponse("{\"error\": \"" + "x".repeat(5000) + "\"}", 401));
		assertFails((exception) -> {
			assertThat(exception.error()).hasSizeBetween(100, 1000).startsWith("xxx").endsWith("…");
			assertThat(exception.getMessage()).hasSizeLessThan(2000).contains("turso.api-token");
		});
	}

	@Test
	void errorWhenBodyIsHugeShouldNotReadAllOfIt() {
		turso.answers(jsonResponse("<" + "x".repeat(4 * 1024 * 1024) + ">", 401));
		assertFails((exception) -> assertThat(exception.error()).hasSizeBetween(100, 1000).startsWith("<xxx"));
	}

	@Test
	void errorWhenBodyIsTruncatedShouldHaveStatus() {
		try (RawServer server = new RawServer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 100\r\n\r\n{\"error\":")) {
			StepVerifier
				.create(TursoServer.endpoint(server.baseUrl(), TursoServer.httpClient(), TursoServer.NO_RETRIES)
					.of("acme")
					.fetch(1, 100))
				.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoAuthenticationException.class)
					.hasMessageContaining("Turso answered 401"))
				.verify(TursoServer.PATIENCE);
		}
	}

	@Test
	void errorWhenBodyStallsShouldHaveStatus() {
		HttpClient impatient = TursoServer.httpClient().responseTimeout(Duration.ofMillis(1500));
		try (RawServer server = RawServer.stalling("HTTP/1.1 401 Unauthorized\r\nContent-Length: 100\r\n\r\n{\"err")) {
			StepVerifier.create(Signals.await(
					TursoServer.endpoint(server.baseUrl(), impatient, TursoServer.NO_RETRIES).of("acme").fetch(1, 100),
					TursoServer.PATIENCE))
				.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoAuthenticationException.class))
				.verify(TursoServer.PATIENCE);
		}
	}

	private static void assertFails(Consumer<TursoApiException> requirements) {
		StepVerifier.create(turso.endpoint(TursoServer.NO_RETRIES).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isExactlyInstanceOf(TursoAuthenticationException.class);
				requirements.accept((TursoApiException) ex);
			})
			.verify(TursoServer.PATIENCE);
	}

}
