package io.github.tursospring.sample.embedded;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
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
 * Tests for {@link EmbeddedTursoConfiguration}.
 */
class EmbeddedTursoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WebClientAutoConfiguration.class,
				TursoAutoConfiguration.class))
		.withUserConfiguration(EmbeddedTursoConfiguration.class);

	@ParameterizedTest
	@ValueSource(strings = { "sample.embedded-turso.entries=100", "turso.api-token=", "turso.api-token=  ",
			"turso.organization=mine" })
	void withoutTokenPointsTheStarterAtTheEmbeddedApi(String property) {
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
	void withTokenStartsNoEmbeddedApi() {
		this.contextRunner.withPropertyValues("turso.api-token=secret", "turso.organization=mine")
			.run(EmbeddedTursoConfigurationTests::assertConnectsToTurso);
	}

	@Test
	void withTokenInTheEnvironmentStartsNoEmbeddedApi() {
		this.contextRunner.withInitializer((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("TURSO_API_TOKEN", "secret", "TURSO_ORGANIZATION", "mine")));
			ConfigurationPropertySources.attach(context.getEnvironment());
		}).run(EmbeddedTursoConfigurationTests::assertConnectsToTurso);
	}

	@Test
	void stopsTheEmbeddedApiWithTheApplication() {
		AtomicReference<URI> baseUrl = new AtomicReference<>();
		this.contextRunner.run((context) -> baseUrl.set(context.getBean(MockTursoServer.class).baseUrl()));
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
