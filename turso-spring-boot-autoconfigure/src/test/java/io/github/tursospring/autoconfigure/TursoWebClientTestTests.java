package io.github.tursospring.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webclient.test.autoconfigure.WebClientTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests annotated with {@link WebClientTest @WebClientTest} in an application that uses
 * the starter.
 */
class TursoWebClientTestTests {

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance().build();

	@Nested
	@WebClientTest(Messages.class)
	@ContextConfiguration(classes = Application.class)
	@Import(WithConnectionDetails.ServerConfiguration.class)
	class WithConnectionDetails {

		@Test
		void componentReadsFromTheTestsServer(@Autowired Messages messages) {
			stub("details");
			assertThat(messages.all()).containsExactly("of details");
		}

		@TestConfiguration(proxyBeanMethods = false)
		static class ServerConfiguration {

			@Bean
			TursoConnectionDetails turso() {
				return TursoConnectionDetails.of(URI.create(server.baseUrl()), "token", "details");
			}

		}

	}

	@Nested
	@WebClientTest(Messages.class)
	@ContextConfiguration(classes = Application.class)
	@TestPropertySource(properties = { "turso.api-token=token", "turso.organization=properties" })
	class WithProperties {

		@DynamicPropertySource
		static void serverProperties(DynamicPropertyRegistry registry) {
			registry.add("turso.base-url", server::baseUrl);
		}

		@Test
		void componentReadsFromTheTestsServer(@Autowired Messages messages) {
			stub("properties");
			assertThat(messages.all()).containsExactly("of properties");
		}

	}

	@Nested
	@WebClientTest
	@ContextConfiguration(classes = Application.class)
	class WithNothingToConnectTo {

		@Test
		void contextStartsWithoutClient(@Autowired ApplicationContext context) {
			assertThat(context.getBeanProvider(AuditLogClient.class).getIfAvailable()).isNull();
			assertThat(context.getBeanProvider(Messages.class).getIfAvailable()).isNull();
		}

	}

	@Nested
	@WebClientTest
	@ContextConfiguration(classes = Application.class)
	@TestPropertySource(properties = "turso.api-token=${NO_SUCH_VARIABLE}")
	class WithPlaceholderThatNothingResolves {

		@Test
		void contextStartsWithoutClient(@Autowired ObjectProvider<AuditLogClient> client) {
			assertThat(client.getIfAvailable()).isNull();
		}

	}

	private static void stub(String organization) {
		server.stubFor(WireMock.get(WireMock.urlPathEqualTo("/v1/organizations/" + organization + "/audit-logs"))
			.withHeader("Authorization", WireMock.equalTo("Bearer token"))
			.willReturn(WireMock.okJson("""
					{"audit_logs": [{"message": "of %s"}],
					 "pagination": {"page": 1, "page_size": 100, "total_pages": 1, "total_rows": 1}}"""
				.formatted(organization))));
	}

	@SpringBootApplication
	static class Application {

	}

	@Component
	static class Messages {

		private final AuditLogClient client;

		Messages(AuditLogClient client) {
			this.client = client;
		}

		List<String> all() {
			return this.client.streamAll().map(AuditLog::message).collectList().block(Duration.ofSeconds(30));
		}

	}

}
