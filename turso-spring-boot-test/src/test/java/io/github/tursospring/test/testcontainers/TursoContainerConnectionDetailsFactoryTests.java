package io.github.tursospring.test.testcontainers;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TursoContainerConnectionDetailsFactory}, in a container that needs no
 * Docker: what it is said to hold runs in this JVM.
 */
@SpringBootTest(classes = TursoContainerConnectionDetailsFactoryTests.TestConfiguration.class)
class TursoContainerConnectionDetailsFactoryTests {

	@Autowired
	private AuditLogClient client;

	@Autowired
	private TursoConnectionDetails connectionDetails;

	@Test
	void clientShouldReadFromContainer() {
		AuditLogPage page = this.client.list(AuditLogQuery.builder().page(1).build()).block(Duration.ofSeconds(30));
		assertThat(page).isNotNull();
		assertThat(page.auditLogs()).extracting(AuditLog::message).containsExactly("1");
	}

	@Test
	void connectWithoutSslBundleShouldUseHttp() {
		assertThat(this.connectionDetails.getBaseUrl()).hasScheme("http").hasHost("localhost");
		assertThat(this.connectionDetails.getSslBundle()).isNull();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
			ServiceConnectionAutoConfiguration.class })
	static class TestConfiguration {

		@Bean
		@ServiceConnection("turso")
		LocalContainer turso() {
			return new LocalContainer().withEnv("TURSO_API_TOKEN", "token-of-the-container")
				.withEnv("TURSO_ORGANIZATION", "boxed")
				.withExposedPorts(8080);
		}

	}

	static class LocalContainer extends GenericContainer<LocalContainer> {

		private MockTursoServer server;

		LocalContainer() {
			super("example/turso-api");
		}

		@Override
		public void start() {
			if (this.server == null) {
				this.server = MockTursoServer.builder()
					.token("token-of-the-container")
					.organization("boxed", (log) -> log.addNumbered(1))
					.start();
			}
		}

		@Override
		public void stop() {
			this.server.close();
		}

		@Override
		public boolean isRunning() {
			return this.server != null;
		}

		@Override
		public String getHost() {
			return "localhost";
		}

		@Override
		public Integer getMappedPort(int originalPort) {
			assertThat(originalPort).isEqualTo(8080);
			return this.server.baseUrl().getPort();
		}

	}

}
