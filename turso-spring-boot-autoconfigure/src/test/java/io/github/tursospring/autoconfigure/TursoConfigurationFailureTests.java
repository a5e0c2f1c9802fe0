package io.github.tursospring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user sees when the application does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class TursoConfigurationFailureTests {

	@Test
	void startWhenTokenIsMissingShouldNameKeyAndVariable(CapturedOutput output) {
		fail("--turso.organization=acme");
		assertThat(output).contains("APPLICATION FAILED TO START", "No API token for Turso is configured",
				"turso.api-token", "TURSO_API_TOKEN");
	}

	@Test
	void startWhenTokenIsBlankShouldNameKeyAndVariable(CapturedOutput output) {
		fail("--turso.organization=acme", "--turso.api-token= ");
		assertThat(output).contains("No API token for Turso is configured");
	}

	@Test
	void startWhenTokenIsPlaceholderShouldShowIt(CapturedOutput output) {
		fail("--turso.organization=acme", "--turso.api-token=${NO_SUCH_VARIABLE}");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"The value of 'turso.api-token' is the unresolved placeholder ${NO_SUCH_VARIABLE}");
	}

	@Test
	void startWhenOrganizationIsMissingShouldNameKeyAndVariable(CapturedOutput output) {
		fail("--turso.api-token=secret-token");
		assertThat(output).contains("APPLICATION FAILED TO START", "No Turso organization is configured",
				"turso.organization", "TURSO_ORGANIZATION");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-acme", "ac me", "acme/../other", "acme?x", "äcme", "a_b" })
	void startWhenSlugIsInvalidShouldShowIt(String slug, CapturedOutput output) {
		fail("--turso.api-token=secret-token", "--turso.organization=" + slug);
		assertThat(output).contains("'turso.organization' is not valid", "not '" + slug + "'", "turso org list");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://api.turso.tech | is plain http to 'api.turso.tech'
			http://127.0.0.1.evil.example | is plain http
			ftp://api.turso.tech | must start with https://
			api.turso.tech | must start with https://
			https:// | is not a URL
			https://user:secret@api.turso.tech | must not contain a user
			https://api.turso.tech?x=1 | must not contain a user, a query
			https://api turso.tech | is not a URL
			""")
	void startWhenBaseUrlIsInvalidShouldNameReason(String url, String reason, CapturedOutput output) {
		fail("--turso.api-token=secret-token", "--turso.organization=acme", "--turso.base-url=" + url);
		assertThat(output).contains("APPLICATION FAILED TO START", reason, "turso.base-url")
			.doesNotContain("user:secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "turso.audit-logs.page-size=0", "turso.audit-logs.page-size=1001",
			"turso.audit-logs.concurrency=0", "turso.retry.max-retries=-1", "turso.response-timeout=0s",
			"turso.response-timeout=-1s", "turso.response-timeout=PT10000000000H", "turso.connect-timeout=0s",
			"turso.read-timeout=-1s", "turso.retry.delay=0s", "turso.retry.max-delay=0s", "turso.retry.multiplier=0.5",
			"turso.retry.max-retry-after=-1s", "turso.audit-logs.follow.poll-interval=0s",
			"turso.audit-logs.follow.lookback=-1s" })
	void startWhenValueIsOutOfRangeShouldNameKeyAndRange(String property, CapturedOutput output) {
		fail("--turso.api-token=secret-token", "--turso.organization=acme", "--" + property);
		assertThat(output).contains("is out of range", property.substring(0, property.indexOf('=')));
	}

	@Test
	void startWhenTokenIsInvalidShouldNotShowIt(CapturedOutput output) {
		fail("--turso.api-token=secret token", "--turso.organization=acme");
		assertThat(output).contains("turso.api-token").doesNotContain("secret token");
	}

	@Test
	void startWhenBundleIsUnknownShouldNameIt(CapturedOutput output) {
		fail("--turso.api-token=secret-token", "--turso.organization=acme", "--turso.ssl.bundle=nobody");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"The SSL bundle 'nobody' of 'turso.ssl.bundle' does not exist", "Set 'turso.ssl.bundle'",
				"'spring.ssl.bundle'");
	}

	private static void fail(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run(arguments));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, WebClientAutoConfiguration.class,
			TursoAutoConfiguration.class })
	static class Application {

	}

}
