package io.github.tursospring.sample.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.sample.RunningConsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the log is not open to those who must not see it.
 */
class SecurityTests {

	private static final List<String> PATHS = List.of("/", "/index.html", "/api/status", "/api/entries",
			"/api/histogram", "/api/facets", "/api/gaps?organization=acme", "/api/seals?organization=acme",
			"/api/evidence/key", "/api/live", "/api/export", "/audit-logs", "/actuator", "/actuator/health",
			"/actuator/prometheus", "/nowhere");

	@TempDir
	private Path directory;

	private final HttpClient http = HttpClient.newHttpClient();

	private MockTursoServer turso;

	@BeforeEach
	void start() {
		this.turso = MockTursoServer.builder().organization("acme", (log) -> log.addNumbered(10)).start();
	}

	@AfterEach
	void close() {
		this.turso.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--server.address=0.0.0.0", "--server.address=",
			"--management.server.port=0,--management.server.address=0.0.0.0" })
	void startWhenOpenToTheNetworkWithoutLoginShouldFail(String args) {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> RunningConsole.start(this.turso, this.directory, args.split(",")).close())
			.satisfies((ex) -> {
				Throwable cause = Stream.iterate((Throwable) ex, Throwable::getCause)
					.filter(UnprotectedAddressException.class::isInstance)
					.findFirst()
					.orElseThrow();
				FailureAnalysis analysis = new UnprotectedAddressFailureAnalyzer().analyze(cause);
				assertThat(analysis.getDescription()).contains("open to the network", "server.address");
				assertThat(analysis.getAction()).contains("127.0.0.1");
			});
	}

	@Test
	void startWhenOpenToTheNetworkWithLoginShouldServeNothingWithoutIt() throws Exception {
		try (RunningConsole console = RunningConsole.start(this.turso, this.directory, "--server.address=0.0.0.0",
				"--spring.security.user.name=iku", "--spring.security.user.password=secret")) {
			for (String path : PATHS) {
				HttpResponse<String> page = get(console, path, "Accept", "text/html");
				assertThat(page.statusCode()).as(path).isIn(302, 401);
				assertThat(page.headers().firstValue("Location").orElse("/login")).as(path).isEqualTo("/login");
				assertThat(get(console, path, "Accept", "application/json").statusCode()).as(path).isEqualTo(401);
				assertThat(get(console, path, "Authorization", basic("iku", "wrong")).statusCode()).as(path)
					.isEqualTo(401);
			}
			assertThat(post(console, "/api/verify?organization=acme", "X-Requested-With", "test").statusCode())
				.isEqualTo(401);
			HttpResponse<String> api = get(console, "/api/status", "Accept", "*/*");
			assertThat(api.statusCode()).isEqualTo(401);
			assertThat(api.headers().firstValue("WWW-Authenticate")).as("no dialog of the browser").isEmpty();
			String login = get(console, "/login", "Accept", "text/html").body();
			assertThat(login).contains("password").doesNotContain("<script");
			HttpResponse<String> status = get(console, "/api/status", "Authorization", basic("iku", "secret"));
			assertThat(status.statusCode()).isEqualTo(200);
			assertThat(status.body()).contains("\"login\":true");
			assertThat(status.headers().firstValue("Content-Security-Policy")).isPresent();
			assertThat(post(console, "/logout", "Authorization", basic("iku", "secret")).statusCode())
				.as("without a CSRF token")
				.isEqualTo(403);
		}
	}

	@Test
	void clientOfAnIdentityProviderShouldRequireLogin() throws Exception {
		String registration = "--spring.security.oauth2.client.registration.idp.";
		String provider = "--spring.security.oauth2.client.provider.idp.";
		try (RunningConsole console = RunningConsole.start(this.turso, this.directory, "--server.address=0.0.0.0",
				registration + "client-id=console", registration + "client-secret=secret",
				registration + "authorization-grant-type=authorization_code", registration + "scope=openid",
				registration + "redirect-uri={baseUrl}/login/oauth2/code/{registrationId}",
				provider + "authorization-uri=https://idp.example/authorize",
				provider + "token-uri=https://idp.example/token", provider + "jwk-set-uri=https://idp.example/keys",
				provider + "user-name-attribute=sub", provider + "user-info-uri=https://idp.example/user")) {
			HttpResponse<String> page = get(console, "/", "Accept", "text/html");
			assertThat(page.statusCode()).isEqualTo(302);
			HttpResponse<String> redirect = get(console, page.headers().firstValue("Location").orElseThrow(), "Accept",
					"text/html");
			assertThat(redirect.headers().firstValue("Location").orElseThrow())
				.startsWith("https://idp.example/authorize?");
			assertThat(get(console, "/api/status", "Accept", "application/json").statusCode()).isIn(302, 401);
		}
	}

	@Test
	void requestsOfOtherSitesShouldBeRefused() throws Exception {
		try (RunningConsole console = RunningConsole.start(this.turso, this.directory).awaitArchived(10)) {
			this.turso.clearRequests();
			for (String site : List.of("cross-site", "same-site")) {
				for (String path : PATHS) {
					assertThat(get(console, path, "Sec-Fetch-Site", site).statusCode()).as(path).isEqualTo(403);
				}
				assertThat(get(console, "/", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", "navigate").statusCode())
					.isEqualTo(200);
				assertThat(
						get(console, "/audit-logs", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", "navigate").statusCode())
					.isEqualTo(403);
				assertThat(post(console, "/api/verify?organization=acme", "Sec-Fetch-Site", site, "X-Requested-With",
						"fetch")
					.statusCode()).isEqualTo(403);
			}
			assertThat(post(console, "/api/verify?organization=acme", "Accept", "*/*").statusCode()).isEqualTo(403);
			assertThat(post(console, "/api/verify?organization=acme", "Sec-Fetch-Site", "same-origin").statusCode())
				.isEqualTo(200);
			assertThat(get(console, "/api/status", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
			assertThat(this.turso.requests()).as("only the poll")
				.allSatisfy((request) -> assertThat(request.parameter("page")).isEqualTo("1"));
		}
	}

	@Test
	void anotherHostNameShouldBeRefused() throws Exception {
		try (RunningConsole console = RunningConsole.start(this.turso, this.directory)) {
			for (String path : PATHS) {
				assertThat(console.web()
					.get()
					.uri(path)
					.header("Host", "evil.example")
					.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
					.block(Duration.ofSeconds(30))).as(path).isEqualTo(421);
			}
		}
	}

	@Test
	void everyAnswerShouldRestrictTheBrowser() throws Exception {
		try (RunningConsole console = RunningConsole.start(this.turso, this.directory)) {
			for (String path : List.of("/", "/api/status", "/api/entries?foo=1", "/nowhere", "/audit-logs")) {
				HttpResponse<String> response = get(console, path, "Accept", "*/*");
				assertThat(response.headers().firstValue("Content-Security-Policy").orElse("")).as(path)
					.contains("default-src 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
							"frame-ancestors 'none'")
					.doesNotContain("unsafe");
				assertThat(response.headers().allValues("Content-Security-Policy")).as(path).hasSize(1);
				assertThat(response.headers().firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
				assertThat(response.headers().firstValue("Cache-Control")).as(path)
					.hasValue(path.equals("/") || path.equals("/nowhere") ? "no-cache" : "no-store");
			}
		}
	}

	private HttpResponse<String> get(RunningConsole console, String path, String... headers)
			throws IOException, InterruptedException {
		return this.http.send(request(console, path).headers(headers).build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(RunningConsole console, String path, String... headers)
			throws IOException, InterruptedException {
		return this.http.send(request(console, path).headers(headers).POST(HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(RunningConsole console, String path) {
		return HttpRequest.newBuilder(URI.create(console.url() + path)).timeout(Duration.ofSeconds(60));
	}

	private static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

}
