package io.github.tursospring.auditlog.internal.http;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.TursoApiException;
import io.github.tursospring.auditlog.TursoException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the API token is told to nobody but the server, even if that echoes it.
 */
class TokenSecrecyTests {

	private static final String TOKEN = TursoServer.TOKEN;

	private static final String PAGE = answer("200 OK", "application/json", "{\"audit_logs\": []}");

	static Stream<String> echoesOfTheApi() {
		return Stream.of(unauthorized("{\"error\": \"token " + TOKEN + " has expired\"}"),
				unauthorized("{\"error\": \"x\", \"code\": \"" + TOKEN + "\"}"),
				unauthorized("{\"error\": {\"headers\": [\"Authorization: Bearer " + TOKEN + "\"]}}"),
				unauthorized("{\"error\": {\"" + TOKEN + "\": 1}}"), unauthorized("<html>" + TOKEN + TOKEN + "</html>"),
				unauthorized(" ".repeat(250) + "x".repeat(290) + TOKEN + "x".repeat(300)),
				unauthorized(TOKEN.substring(0, 3) + "\u0000" + TOKEN),
				answer("400 Bad Request", "text/plain", "Authorization: Bearer " + TOKEN),
				answer("429 Too Many Requests", "text/plain", TOKEN),
				answer("503 Service Unavailable", "text/plain", TOKEN), answer("200 OK", "text/plain", TOKEN),
				answer("200 OK", "application/json", "{\"audit_logs\": " + TOKEN + "}"),
				answer("200 OK", "application/json", "{\"audit_logs\": [\"" + TOKEN + "\"]}"),
				answer("200 OK", "application/json", "{\"audit_logs\": [{\"" + TOKEN + "\": " + TOKEN + "}]}"),
				answer("200 OK", "application/json", "{\"audit_logs\": [{\"" + TOKEN + "\": \""),
				answer("200 OK", "text/" + TOKEN, "<html>"), answer("200 OK", TOKEN, "<html>"),
				"HTTP/1.1 302 Found\r\nLocation: /login?token=" + TOKEN + "\r\nContent-Length: 0\r\n\r\n",
				"HTTP/1.1 429 Too Many Requests\r\nRetry-After: " + TOKEN + "\r\nContent-Length: 0\r\n\r\n", "");
	}

	/** What is no HTTP: the HTTP client itself logs it. */
	static Stream<String> echoesOfNoApi() {
		return Stream.of(answer("404 " + TOKEN, "text/plain", "not found"),
				"HTTP/1.1 200 OK\r\nContent-Length: " + TOKEN + "\r\n\r\n{}",
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + TOKEN + "\r\n{}\r\n0\r\n\r\n",
				"HTTP/1.1 " + TOKEN + " OK\r\nContent-Length: 0\r\n\r\n", TOKEN + "\r\n\r\n",
				TOKEN + " " + TOKEN + " " + TOKEN + "\r\n\r\n",
				"HTTP/1.1 200 OK\r\n" + TOKEN + "\u0000: " + TOKEN + "\r\n\r\n");
	}

	@ParameterizedTest
	@MethodSource({ "echoesOfTheApi", "echoesOfNoApi" })
	void exceptionsShouldNotContainToken(String echo) {
		try (RawServer server = new RawServer(echo)) {
			AuditLogEndpoint endpoint = TursoServer.endpoint(server.baseUrl(), TursoServer.httpClient(),
					TursoServer.retries(1));
			StepVerifier.create(endpoint.of("acme").fetch(1, 100)).expectErrorSatisfies((ex) -> {
				assertThat(ex).isInstanceOf(TursoException.class);
				assertThat(stackTrace(ex)).doesNotContain(TOKEN);
				assertThat(ex.toString()).doesNotContain(TOKEN);
				if (ex instanceof TursoApiException refused) {
					assertThat(refused.error() + refused.code()).doesNotContain(TOKEN);
				}
			}).verify(TursoServer.PATIENCE);
		}
	}

	@ParameterizedTest
	@MethodSource("echoesOfTheApi")
	void logsShouldNotContainToken(String echo) {
		try (CapturedLogs logs = new CapturedLogs(); RawServer server = new RawServer(echo, PAGE)) {
			AuditLogEndpoint endpoint = TursoServer.endpoint(server.baseUrl(), HttpClient.create(),
					TursoServer.retries(1));
			StepVerifier.create(endpoint.of("acme").fetch(1, 100).onErrorComplete().then())
				.expectComplete()
				.verify(TursoServer.PATIENCE);
			assertThat(logs.lines()).noneMatch((line) -> line.contains(TOKEN));
		}
	}

	@Test
	void logsShouldCoverWholeRequest() {
		try (CapturedLogs logs = new CapturedLogs();
				RawServer server = new RawServer(answer("503 Service Unavailable", "text/plain", TOKEN), PAGE)) {
			AuditLogEndpoint endpoint = TursoServer.endpoint(server.baseUrl(), HttpClient.create(),
					TursoServer.retries(1));
			StepVerifier.create(endpoint.of("acme").fetch(1, 100))
				.expectNextCount(1)
				.expectComplete()
				.verify(TursoServer.PATIENCE);
			assertThat(logs.lines()).noneMatch((line) -> line.contains(TOKEN))
				.anyMatch((line) -> line.startsWith("TRACE org.springframework.web."))
				.anyMatch((line) -> line.startsWith("DEBUG reactor.netty."))
				.anyMatch((line) -> line.startsWith("WARN io.github.tursospring.auditlog."))
				.anyMatch((line) -> line.startsWith("DEBUG io.github.tursospring.auditlog."));
		}
	}

	@Test
	void toStringShouldNotContainToken() {
		AuditLogEndpoint endpoint = TursoServer.endpoint("http://localhost:1", TursoServer.httpClient(),
				TursoServer.NO_RETRIES);
		assertThat(endpoint).asString().doesNotContain(TOKEN);
		assertThat(endpoint.of("acme")).asString().doesNotContain(TOKEN);
		assertThat(endpoint.of("acme").fetch(1, 1)).asString().doesNotContain(TOKEN);
	}

	@Test
	void fetchWhenEchoIsCutAnywhereByTheLimitOfErrorBodiesShouldShowNoPartOfToken() {
		for (int shown = 3; shown < TOKEN.length(); shown++) {
			String body = " ".repeat(16 * 1024 - shown) + TOKEN + " and more";
			try (RawServer server = new RawServer(unauthorized(body))) {
				String part = TOKEN.substring(0, shown);
				StepVerifier
					.create(TursoServer.endpoint(server.baseUrl(), TursoServer.httpClient(), TursoServer.NO_RETRIES)
						.of("acme")
						.fetch(1, 100))
					.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(TursoApiException.class)
						.message()
						.contains("***")
						.doesNotContain(part))
					.verify(TursoServer.PATIENCE);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u202e", "\u2066", "\u200f", "\u0085", "\u009b", "\u2028", "\u2029", "\ufeff", "\u00ad",
			"\\u202e", "\\u2028", "\\ud800" })
	void fetchWhenResponseHasDeceptiveCharactersShouldNotShowThem(String character) {
		String text = "a" + character + "b";
		for (String response : List.of(answer("401 Unauthorized", "application/json", "{\"error\": \"" + text + "\"}"),
				answer("401 Unauthorized", "text/plain", text), answer("200 OK", "text/" + text, "<html>"),
				answer("200 OK", "application/json", "{\"audit_logs\": " + text + "}"),
				"HTTP/1.1 " + text + "\r\n\r\n")) {
			try (RawServer server = new RawServer(response)) {
				StepVerifier
					.create(TursoServer.endpoint(server.baseUrl(), TursoServer.httpClient(), TursoServer.NO_RETRIES)
						.of("acme")
						.fetch(1, 100))
					.expectErrorSatisfies((ex) -> assertThat(stackTrace(ex))
						.doesNotContainPattern("[\\x{80}-\\x{9f}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]"))
					.verify(TursoServer.PATIENCE);
			}
		}
	}

	@Test
	void filterOfTheApplicationShouldNotSeeTokenInRequests() {
		List<HttpHeaders> seen = new CopyOnWriteArrayList<>();
		try (RawServer server = new RawServer(PAGE)) {
			WebClient webClient = WebClient.builder().baseUrl(server.baseUrl()).filter((request, next) -> {
				seen.add(request.headers());
				return next.exchange(request);
			}).build();
			StepVerifier
				.create(new AuditLogEndpoint(webClient, TOKEN, TursoServer.NO_RETRIES, 1000).of("acme").fetch(1, 100))
				.expectNextCount(1)
				.expectComplete()
				.verify(TursoServer.PATIENCE);
		}
		assertThat(seen).singleElement()
			.satisfies((headers) -> assertThat(headers.containsHeader("Authorization")).isFalse());
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "e", "token" })
	void messageWhenTokenIsTooShortForASecretShouldStayReadable(String token) {
		try (RawServer server = new RawServer(unauthorized("{\"error\": \"the token has expired\"}"))) {
			WebClient webClient = WebClient.builder().baseUrl(server.baseUrl()).build();
			StepVerifier
				.create(new AuditLogEndpoint(webClient, token, TursoServer.NO_RETRIES, 1000).of("acme").fetch(1, 100))
				.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("the token has expired"))
				.verify(TursoServer.PATIENCE);
		}
		WebClient webClient = WebClient.builder().baseUrl("http://127.0.0.1:1").build();
		StepVerifier
			.create(new AuditLogEndpoint(webClient, token, TursoServer.NO_RETRIES, 1000).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("Connection refused")
				.hasMessageContaining("ConnectException")
				.hasCauseInstanceOf(ConnectException.class))
			.verify(TursoServer.PATIENCE);
	}

	private static String unauthorized(String body) {
		return answer("401 Unauthorized", "application/json", body);
	}

	private static String answer(String status, String contentType, String body) {
		return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length()
				+ "\r\nConnection: close\r\n\r\n" + body;
	}

	private static String stackTrace(Throwable ex) {
		StringWriter stackTrace = new StringWriter();
		ex.printStackTrace(new PrintWriter(stackTrace));
		return stackTrace.toString();
	}

}
