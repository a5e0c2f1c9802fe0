package io.github.tursospring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.internal.NumberedLog;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.mock.MockResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a configured client logs, and what not.
 */
@ExtendWith(OutputCaptureExtension.class)
class TursoLoggingTests {

	private static final String TOKEN = TursoServer.TOKEN;

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	private final Logger library = (Logger) LoggerFactory.getLogger("io.github.tursospring");

	private final Logger web = (Logger) LoggerFactory.getLogger("org.springframework.web.reactive.function.client");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
				CodecsAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class));

	@BeforeEach
	void prepare() {
		log.reset(250);
	}

	@AfterEach
	void resetLevels() {
		this.library.setLevel(null);
		this.web.setLevel(null);
	}

	@Test
	void startShouldLogOneLine(CapturedOutput output) {
		this.library.setLevel(Level.INFO);
		run((context) -> {
		}, "turso.audit-logs.page-size=50");
		assertThat(linesOf(output, " io.github.tursospring", " i.g.t.")).singleElement()
			.satisfies((line) -> assertThat(line).contains("INFO")
				.contains("Reading the Turso audit log of organization 'acme' from " + log.baseUrl()
						+ " in pages of 50 entries"));
	}

	@Test
	void retryShouldLogReasonAndWait(CapturedOutput output) {
		this.library.setLevel(Level.WARN);
		log.enqueue(MockResponse.error(429, "slow down", null).header("Retry-After", "1"),
				MockResponse.error(503, "token " + TOKEN + " not checked", null));
		run((context) -> read(context));
		List<String> lines = linesOf(output, "Request for page");
		assertThat(lines).hasSize(2).allSatisfy((line) -> assertThat(line).contains("WARN").contains("page 1"));
		assertThat(lines.get(0)).contains("in 1000 ms").contains("429").contains("slow down");
		assertThat(lines.get(1)).containsPattern("in \\d+ ms").contains("503");
		assertThat(output).doesNotContain(TOKEN);
	}

	@Test
	void pageShouldLogAtDebug(CapturedOutput output) {
		this.library.setLevel(Level.DEBUG);
		run((context) -> read(context));
		assertThat(linesOf(output, "DEBUG")).hasSize(3)
			.allSatisfy((line) -> assertThat(line).contains("of the audit log of 'acme' (page size 100)")
				.contains("of 250 rows"));
		assertThat(output).doesNotContain(TOKEN);
	}

	@Test
	void requestDetailsShouldNotContainToken(CapturedOutput output) {
		this.web.setLevel(Level.TRACE);
		run((context) -> {
			read(context);
			assertThat(output).contains("HTTP GET").contains("headers={masked}").doesNotContain(TOKEN);
			otherClientSends("of-another-client", context);
			assertThat(output).as("request details are logged").contains("of-another-client");
		}, "spring.http.codecs.log-request-details=true");
		assertThat(output).doesNotContain(TOKEN);
	}

	private static void otherClientSends(String header, AssertableApplicationContext context) {
		context.getBean(WebClient.Builder.class)
			.baseUrl(log.baseUrl())
			.build()
			.get()
			.uri("/v1/organizations/acme/audit-logs?page=1&page_size=1")
			.header("X-Secret", header)
			.exchangeToMono(ClientResponse::releaseBody)
			.block(TursoServer.PATIENCE);
	}

	private static void read(AssertableApplicationContext context) {
		context.getBean(AuditLogClient.class).streamAll().blockLast(Duration.ofSeconds(30));
	}

	private void run(Consumer<AssertableApplicationContext> use, String... properties) {
		this.runner
			.withPropertyValues("turso.api-token=" + TOKEN, "turso.organization=acme",
					"turso.base-url=" + log.baseUrl(), "turso.retry.delay=1ms")
			.withPropertyValues(properties)
			.run(use::accept);
	}

	private static List<String> linesOf(CapturedOutput output, String... anyOf) {
		return output.getAll().lines().filter((line) -> List.of(anyOf).stream().anyMatch(line::contains)).toList();
	}

}
