package io.github.tursospring.testcontainers;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

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
	void clientReadsFromTheContainer() {
		AuditLogPage page = this.client.list(AuditLogQuery.builder().page(1).build()).block(Duration.ofSeconds(30));
		assertThat(page).isNotNull();
		assertThat(page.auditLogs()).extracting(AuditLog::message)
			.containsExactly("/v1/organizations/boxed/audit-logs as Bearer token-of-the-container");
	}

	@Test
	void withoutSslBundleConnectsByHttp() {
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

		private DisposableServer server;

		LocalContainer() {
			super("example/turso-api");
		}

		@Override
		public void start() {
			if (this.server == null) {
				this.server = HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();
			}
		}

		@Override
		public void stop() {
			this.server.disposeNow();
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
			return this.server.port();
		}

		private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
			return response.header("Content-Type", "application/json")
				.sendString(Mono.just("{\"audit_logs\": [{\"message\": \"/%s as %s\"}]}".formatted(request.path(),
						request.requestHeaders().get("Authorization"))))
				.then();
		}

	}

}
