package io.github.tursospring.sample;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WhereToLook}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WhereToLookTests {

	@Test
	void saysThatTheEmbeddedApiIsRead(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("--turso.api-token=")) {
			MockTursoServer api = context.getBean(MockTursoServer.class);
			String port = context.getEnvironment().getProperty("local.server.port");
			assertThat(output).contains("Reading the audit log of acme from the embedded Turso API at " + api.baseUrl())
				.contains("set TURSO_API_TOKEN and TURSO_ORGANIZATION")
				.contains("Page                http://127.0.0.1:" + port)
				.contains("curl 'http://127.0.0.1:" + port + "/audit-logs'")
				.contains("curl 'http://127.0.0.1:" + port + "/actuator/health'")
				.doesNotContain(api.token());
		}
	}

	@Test
	void saysWhichOrganizationIsRead(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("--turso.api-token=my-secret", "--turso.organization=mine")) {
			assertThat(context.getBeanProvider(MockTursoServer.class).getIfAvailable()).isNull();
			assertThat(output).contains("Reading the audit log of mine from https://api.turso.tech.")
				.doesNotContain("embedded")
				.doesNotContain("my-secret");
		}
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 1);
		all[arguments.length] = "--server.port=0";
		return SpringApplication.run(SampleApplication.class, all);
	}

}
