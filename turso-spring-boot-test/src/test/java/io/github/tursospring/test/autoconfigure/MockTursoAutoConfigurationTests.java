package io.github.tursospring.test.autoconfigure;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link MockTursoAutoConfiguration}.
 */
class MockTursoAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, MockTursoAutoConfiguration.class));

	@Test
	void runShouldPointTheStarterAtTheServer() {
		this.contextRunner.run((context) -> {
			MockTursoServer server = context.getBean(MockTursoServer.class);
			assertThat(context).hasSingleBean(TursoConnectionDetails.class);
			TursoConnectionDetails connectionDetails = context.getBean(TursoConnectionDetails.class);
			assertThat(connectionDetails.getBaseUrl()).isEqualTo(server.baseUrl());
			assertThat(connectionDetails.getApiToken()).isEqualTo(server.token());
			assertThat(connectionDetails.getOrganization()).isEqualTo("acme");
		});
	}

	@Test
	void runWhenContextIsClosedShouldCloseTheServer() {
		AtomicReference<URI> baseUrl = new AtomicReference<>();
		this.contextRunner.run((context) -> baseUrl.set(context.getBean(MockTursoServer.class).baseUrl()));
		assertThatIOException().isThrownBy(() -> connect(baseUrl.get()));
	}

	private static void connect(URI baseUrl) throws IOException {
		new Socket(baseUrl.getHost(), baseUrl.getPort()).close();
	}

}
