package io.github.tursospring.sample.demo;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link DemoConfiguration}.
 */
class DemoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WebClientAutoConfiguration.class,
				TursoAutoConfiguration.class))
		.withUserConfiguration(DemoConfiguration.class);

	@ParameterizedTest
	@ValueSource(strings = { "console.demo.entries=100", "turso.api-token=", "turso.api-token=  ",
			"turso.organization=mine" })
	void runWithoutTokenShouldUseGeneratedLog(String property) {
		this.contextRunner.withPropertyValues(property).run((context) -> {
			MockTursoServer api = context.getBean(MockTursoServer.class);
			assertThat(context).hasSingleBean(TursoConnectionDetails.class);
			TursoConnectionDetails connection = context.getBean(TursoConnectionDetails.class);
			assertThat(connection.getBaseUrl()).isEqualTo(api.baseUrl());
			assertThat(connection.getApiToken()).isEqualTo(api.token());
			assertThat(connection.getOrganization()).isEqualTo("acme");
		});
	}

	@Test
	void runWithTokenShouldUseTurso() {
		this.contextRunner.withPropertyValues("turso.api-token=secret", "turso.organization=mine")
			.run(DemoConfigurationTests::assertConnectsToTurso);
	}

	@Test
	void runWithTokenInEnvironmentShouldUseTurso() {
		this.contextRunner.withInitializer((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("TURSO_API_TOKEN", "secret", "TURSO_ORGANIZATION", "mine")));
			ConfigurationPropertySources.attach(context.getEnvironment());
		}).run(DemoConfigurationTests::assertConnectsToTurso);
	}

	@Test
	void closeShouldRemoveServerAndArchive() {
		AtomicReference<URI> baseUrl = new AtomicReference<>();
		AtomicReference<Path> directory = new AtomicReference<>();
		this.contextRunner.run((context) -> {
			baseUrl.set(context.getBean(MockTursoServer.class).baseUrl());
			directory.set(context.getBean(DemoDirectory.class).path());
			assertThat(DemoDirectory.resolve(context.getBean(DemoDirectory.class), "file"))
				.hasParentRaw(directory.get());
		});
		assertThat(directory.get()).doesNotExist();
		assertThatIOException().isThrownBy(() -> connect(baseUrl.get()));
	}

	private static void assertConnectsToTurso(AssertableApplicationContext context) {
		assertThat(context).doesNotHaveBean(MockTursoServer.class);
		TursoConnectionDetails connection = context.getBean(TursoConnectionDetails.class);
		assertThat(connection.getBaseUrl()).isEqualTo(URI.create("https://api.turso.tech"));
		assertThat(connection.getApiToken()).isEqualTo("secret");
		assertThat(connection.getOrganization()).isEqualTo("mine");
	}

	private static void connect(URI baseUrl) throws IOException {
		new Socket(baseUrl.getHost(), baseUrl.getPort()).close();
	}

}
