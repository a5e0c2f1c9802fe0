package io.github.tursospring.sample;

import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
@Tag("slow")
class WhereToLookTests {

	@Test
	void startShouldSayThatAGeneratedLogIsArchived(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("--turso.api-token=")) {
			MockTursoServer api = context.getBean(MockTursoServer.class);
			String port = context.getEnvironment().getProperty("local.server.port");
			assertThat(output).contains("Archiving a generated audit log")
				.contains("set TURSO_API_TOKEN and TURSO_ORGANIZATION")
				.contains("Page      http://127.0.0.1:" + port)
				.contains("curl 'http://127.0.0.1:" + port + "/api/entries'")
				.contains("curl 'http://127.0.0.1:" + port + "/actuator/health'")
				.doesNotContain(api.token());
		}
	}

	@TempDir
	private Path directory;

	@Test
	void startShouldSayWhichOrganizationIsArchived(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("--turso.api-token=my-secret", "--turso.organization=mine",
				"--spring.datasource.url=jdbc:sqlite:" + this.directory.resolve("audit-log.db"),
				"--console.evidence.key-file=" + this.directory.resolve("audit-log.key"))) {
			assertThat(context.getBeanProvider(MockTursoServer.class).getIfAvailable()).isNull();
			assertThat(output)
				.contains("Archiving the audit log of mine from https://api.turso.tech into jdbc:sqlite:"
						+ this.directory)
				.doesNotContain("generated")
				.doesNotContain("my-secret");
		}
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 1);
		all[arguments.length] = "--server.port=0";
		return SpringApplication.run(SampleApplication.class, all);
	}

}
