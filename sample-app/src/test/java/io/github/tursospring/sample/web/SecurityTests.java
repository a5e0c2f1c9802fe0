package io.github.tursospring.sample.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.sample.RunningConsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the log is not open to those who must not see it.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class SecurityTests {

	private static final List<String> PATHS = List.of("/", "/index.html", "/api/status", "/api/entries",
			"/api/histogram", "/api/facets", "/api/gaps?organization=acme", "/api/seals?organization=acme",
			"/api/evidence/key", "/api/live", "/api/export", "/audit-logs", "/actuator", "/actuator/health",
			"/actuator/prometheus", "/nowhere");

	@TempDir
	private Path directory;

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private static Path shared;

	private static MockTursoServer turso;

	/** One without a login. */
	private static RunningConsole open;

	private static RunningConsole withPassword;

	private static final IdentityProvider provider = new IdentityProvider();

	private static RunningConsole withClient;

	@BeforeAll
	static void start() throws IOException {
		turso = MockTursoServer.builder().organization("acme", (log) -> log.addNumbered(10)).start();
		open = RunningConsole.start(turso, shared).awaitArchived(10);
		withPassword = startWithLogin("password", "--spring.security.user.name=iku",
				"--spring.security.user.password=secret");
		String registration = "--spring.security.oauth2.client.registration.idp.";
		withClient = startWithLogin("client", registration + "client-id=console", registration + "client-secret=secret",
				registration + "scope=openid",
				"--spring.security.oauth2.client.provider.idp.issuer-uri=" + provider.issuer());
	}

	/** With room for fewer sessions than there are requests without a login. */
	private static RunningConsole startWithLogin(String name, String... args) throws IOException {
		return RunningConsole.start(turso, Files.createDirectory(shared.resolve(name)),
				Stream
					.concat(Stream.of("--server.address=0.0.0.0", "--server.reactive.session.max-sessions=15"),
							Stream.of(args))
					.toArray(String[]::new));
	}

	@AfterAll
	static void close() {
		withClient.close();
		provider.close();
		withPassword.close();
		open.close();
		turso.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--server.address=0.0.0.0", "--server.address=",
			"--management.server.port=0,--management.server.address=0.0.0.0", "--management.server.port=0" })
	void startWhenOpenToTheNetworkWithoutLoginShouldFail(String args, CapturedOutput output) {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> RunningConsole.start(turso, this.directory, args.split(",")).close())
			.satisfies((ex) -> {
				Throwable cause = Stream.iterate((Throwable) ex, Throwable::getCause)
					.filter(InvalidConfigurationPropertyValueException.class::isInstance)
					.findFirst()
					.orElseThrow();
				assertThat(cause).hasMessageContaining("open to the network").hasMessageContaining("127.0.0.1");
			});
		assertThat(output).contains("APPLICATION FAILED TO START", "The audit log would be open to the network");
	}

	@Test
	void startWhenOpenToTheNetworkWithLoginShouldServeNothingWithoutIt() throws Exception {
		for (String path : PATHS) {
			HttpResponse<String> page = get(withPassword, path, "Accept", "text/html");
			assertThat(page.statusCode()).as(path).isIn(302, 401);
			assertThat(page.headers().firstValue("Location").orElse("/login")).as(path).isEqualTo("/login");
			assertThat(get(withPassword, path, "Accept", "application/json").statusCode()).as(path).isEqualTo(401);
			assertThat(get(withPassword, path, "Authorization", basic("iku", "wrong")).statusCode()).as(path)
				.isEqualTo(401);
		}
		assertThat(post(withPassword, "/api/verify?organization=acme", "X-Requested-With", "test").statusCode())
			.isEqualTo(401);
		HttpResponse<String> api = get(withPassword, "/api/status", "Accept", "*/*");
		assertThat(api.statusCode()).isEqualTo(401);
		assertThat(api.headers().firstValue("WWW-Authenticate")).as("no dialog of the browser").isEmpty();
		String login = get(withPassword, "/login", "Accept", "text/html").body();
		assertThat(login).contains("password").doesNotContain("<script");
		HttpResponse<String> status = get(withPassword, "/api/status", "Authorization", basic("iku", "secret"));
		assertThat(status.statusCode()).isEqualTo(200);
		assertThat(status.body()).contains("\"login\":true");
		assertThat(status.headers().firstValue("Content-Security-Policy")).isPresent();
		assertThat(post(withPassword, "/logout", "Authorization", basic("iku", "secret")).statusCode())
			.as("without a CSRF token")
			.isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/login", "/api/status" })
	void requestsWithoutALoginShouldKeepNobodyFromLoggingIn(String path) throws Exception {
		for (int i = 0; i < 20; i++) {
			assertThat(get(withPassword, path, "Accept", "text/html").statusCode()).isLessThan(500);
			assertThat(get(withPassword, path, "Authorization", basic("iku", "wrong")).statusCode()).isLessThan(500);
		}
		assertThat(submit(withPassword, browser(), "/login", "username=iku&password=secret&").body())
			.contains("<title>Audit log");
		for (int i = 0; i < 20; i++) {
			assertThat(get(withPassword, "/api/status", "Authorization", basic("iku", "secret")).statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void logoutsWithoutALoginShouldKeepNobodyFromLoggingIn() throws Exception {
		for (int i = 0; i < 20; i++) {
			assertThat(submit(withPassword, browser(), "/logout", "").uri()).hasPath("/login").hasQuery("logout");
		}
		HttpClient browser = browser();
		assertThat(submit(withPassword, browser, "/login", "username=iku&password=secret&").body())
			.contains("<title>Audit log");
		assertThat(submit(withPassword, browser, "/logout", "").uri()).hasPath("/login").hasQuery("logout");
		assertThat(browser.send(request(withPassword, "/api/status").build(), HttpResponse.BodyHandlers.ofString())
			.statusCode()).isIn(302, 401);
	}

	@Test
	void loginShouldEndOnThePageThatWasAskedFor() throws Exception {
		HttpClient browser = browser();
		browser.send(request(withPassword, "/?text=caf%C3%A9").header("Accept", "text/html").build(),
				HttpResponse.BodyHandlers.ofString());
		browser.send(request(withPassword, "/favicon.ico").header("Accept", "image/*").build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(submit(withPassword, browser, "/login", "username=iku&password=secret&").uri()).hasPath("/")
			.hasQuery("text=caf\u00e9");
		assertThat(submit(withPassword, browser, "/login", "username=iku&password=secret&").uri().getQuery()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "%%%", "YSBiXg==", "" })
	void malformedCookieOfThePageToReturnToShouldBeIgnored(String cookie) throws Exception {
		HttpResponse<String> page = get(withPassword, "/login", "Accept", "text/html", "Cookie",
				"REDIRECT_URI=" + cookie);
		assertThat(page.statusCode()).isEqualTo(200);
	}

	/** Send what a form of the login page, or of the one to log out, sends. */
	private static HttpResponse<String> submit(RunningConsole console, HttpClient browser, String path, String fields)
			throws IOException, InterruptedException {
		String form = browser
			.send(request(console, path).header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString())
			.body();
		Matcher token = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"").matcher(form);
		assertThat(token.find()).as(form).isTrue();
		return browser.send(request(console, path).header("Accept", "text/html")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(fields + "_csrf=" + token.group(1)))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	@Test
	void loginAtIdentityProviderShouldEndOnThePage() throws Exception {
		for (String path : PATHS) {
			assertThat(get(withClient, path, "Accept", "application/json").statusCode()).as(path).isIn(302, 401);
		}
		HttpClient browser = browser();
		HttpResponse<String> page = browser.send(request(withClient, "/").header("Accept", "text/html").build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.uri().getPath()).isEqualTo("/");
		assertThat(page.body()).contains("<title>Audit log");
		HttpResponse<String> status = browser.send(request(withClient, "/api/status").build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(status.statusCode()).isEqualTo(200);
		assertThat(status.body()).contains("\"login\":true");
		assertThat(get(withClient, "/api/status", "Accept", "application/json").statusCode()).as("to others")
			.isIn(302, 401);
	}

	@Test
	void loginsThatOnlyBeginShouldKeepNobodyFromLoggingIn() throws Exception {
		for (int i = 0; i < 20; i++) {
			assertThat(get(withClient, "/oauth2/authorization/idp", "Accept", "text/html").statusCode()).isEqualTo(302);
			assertThat(get(withClient, "/login/oauth2/code/idp?code=code&state=forged", "Accept", "text/html")
				.statusCode()).isEqualTo(302);
		}
		HttpResponse<String> page = browser().send(request(withClient, "/").header("Accept", "text/html").build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(page.body()).contains("<title>Audit log");
	}

	@Test
	void loginThatAnotherBrowserHasBegunShouldServeNothing() throws Exception {
		HttpResponse<String> begun = get(withClient, "/oauth2/authorization/idp", "Accept", "text/html");
		String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
		assertThat(cookie).containsIgnoringCase("; HttpOnly").contains("; SameSite=Lax").hasSizeLessThan(3000);
		String state = Pattern.compile("state=([^&]+)")
			.matcher(begun.headers().firstValue("Location").orElseThrow())
			.results()
			.findFirst()
			.orElseThrow()
			.group(1);
		String back = "/login/oauth2/code/idp?code=code&state=" + state;
		String value = cookie.substring(0, cookie.indexOf(';'));
		String changed = value.substring(0, value.length() - 8) + "AAAAAAAA";
		for (String other : List.of("none=1", "LOGIN_REQUEST=e30", changed, "LOGIN_REQUEST=%%%")) {
			HttpResponse<String> page = get(withClient, back, "Cookie", other);
			assertThat(page.headers().firstValue("Location")).as(other).contains("/login?error");
		}
		assertThat(get(withClient, back.replace("state=", "state=x"), "Cookie", value).headers().firstValue("Location"))
			.contains("/login?error");
	}

	@Test
	void loginWithForgedTokenOrStateShouldServeNothing() throws Exception {
		HttpClient browser = browser();
		HttpResponse<String> forged = browser.send(
				request(withClient, "/login/oauth2/code/idp?code=code&state=forged").build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(forged.body()).doesNotContain("<title>Audit log");
		provider.signNextTokenWithAnotherKey();
		HttpResponse<String> page = browser.send(
				request(withClient, "/oauth2/authorization/idp").header("Accept", "text/html").build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(page.uri()).hasPath("/login").hasQuery("error");
		assertThat(page.body()).doesNotContain("<title>Audit log");
	}

	private static HttpClient browser() {
		return HttpClient.newBuilder()
			.cookieHandler(new CookieManager())
			.followRedirects(HttpClient.Redirect.ALWAYS)
			.build();
	}

	@Test
	void requestsOfOtherSitesShouldBeRefused() throws Exception {
		turso.clearRequests();
		for (String site : List.of("cross-site", "same-site")) {
			for (String path : PATHS) {
				assertThat(get(open, path, "Sec-Fetch-Site", site).statusCode()).as(path).isEqualTo(403);
			}
			assertThat(get(open, "/", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", "navigate").statusCode())
				.isEqualTo(200);
			assertThat(get(open, "/audit-logs", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", "navigate").statusCode())
				.isEqualTo(403);
			assertThat(post(open, "/api/verify?organization=acme", "Sec-Fetch-Site", site, "X-Requested-With", "fetch")
				.statusCode()).isEqualTo(403);
		}
		assertThat(post(open, "/api/verify?organization=acme", "Accept", "*/*").statusCode()).isEqualTo(403);
		assertThat(post(open, "/%61pi/verify?organization=acme", "Accept", "*/*").statusCode()).isEqualTo(403);
		for (String path : List.of("/%61pi/entries", "/%61udit-logs", "/%61ctuator/health")) {
			assertThat(get(open, path, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate").statusCode())
				.as(path)
				.isEqualTo(403);
		}
		assertThat(post(open, "/api/verify?organization=acme", "Sec-Fetch-Site", "same-origin").statusCode())
			.isEqualTo(200);
		assertThat(get(open, "/api/status", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
		assertThat(turso.requests()).as("only the poll")
			.allSatisfy((request) -> assertThat(request.parameter("page")).isEqualTo("1"));
	}

	@Test
	void anotherHostNameShouldBeRefused() throws Exception {
		for (String path : PATHS) {
			assertThat(open.web()
				.get()
				.uri(path)
				.header("Host", "evil.example")
				.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
				.block(Duration.ofSeconds(30))).as(path).isEqualTo(400);
		}
	}

	@Test
	void everyAnswerShouldRestrictTheBrowser() throws Exception {
		for (String path : List.of("/", "/api/status", "/api/entries?foo=1", "/nowhere", "/audit-logs")) {
			HttpResponse<String> response = get(open, path, "Accept", "*/*");
			assertThat(response.headers().firstValue("Content-Security-Policy").orElse("")).as(path)
				.contains("default-src 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
						"frame-ancestors 'none'")
				.doesNotContain("unsafe");
			assertThat(response.headers().allValues("Content-Security-Policy")).as(path).hasSize(1);
			assertThat(response.headers().map()).containsKeys("permissions-policy", "referrer-policy",
					"cross-origin-opener-policy", "cross-origin-embedder-policy", "cross-origin-resource-policy");
			assertThat(response.headers().firstValue("X-Frame-Options")).as(path).hasValue("DENY");
			assertThat(response.headers().firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
			assertThat(response.headers().firstValue("Cache-Control")).as(path)
				.hasValueSatisfying((cached) -> assertThat(cached).contains("no-store"));
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
		// Reactor Netty 1.3.6 may not read a request that comes at once after a response
		// (its issue 4361)
		return HttpRequest.newBuilder(URI.create(console.url() + path))
			.header("Connection", "close")
			.timeout(Duration.ofSeconds(60));
	}

	private static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

}
