package io.github.tursospring.test.autoconfigure;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webclient.test.autoconfigure.WebClientTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.junit.MockTursoExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TursoWebClientTestAutoConfiguration}.
 */
class TursoWebClientTestAutoConfigurationTests {

	@RegisterExtension
	static final MockTursoExtension turso = new MockTursoExtension((builder) -> builder.token("token")
		.organization("details", (log) -> log.add(MockEntry.of("db-create").message("of details")))
		.organization("properties", (log) -> log.add(MockEntry.of("db-create").message("of properties"))));

	@Nested
	@WebClientTest(Messages.class)
	@ContextConfiguration(classes = ExampleApplication.class)
	@Import(WithConnectionDetails.ServerConfiguration.class)
	class WithConnectionDetails {

		@Test
		void componentShouldReadFromTheServer(@Autowired Messages messages) {
			assertThat(messages.all()).containsExactly("of details");
		}

		@TestConfiguration(proxyBeanMethods = false)
		static class ServerConfiguration {

			@Bean
			TursoConnectionDetails connectionDetails() {
				return TursoConnectionDetails.of(turso.server().baseUrl(), "token", "details");
			}

		}

	}

	@Nested
	@WebClientTest(Messages.class)
	@ContextConfiguration(classes = ExampleApplication.class)
	@TestPropertySource(properties = { "turso.api-token=token", "turso.organization=properties" })
	class WithProperties {

		@DynamicPropertySource
		static void serverProperties(DynamicPropertyRegistry registry) {
			registry.add("turso.base-url", () -> turso.server().baseUrl());
		}

		@Test
		void componentShouldReadFromTheServer(@Autowired Messages messages) {
			assertThat(messages.all()).containsExactly("of properties");
		}

	}

	@Nested
	@WebClientTest
	@ContextConfiguration(classes = ExampleApplication.class)
	class WithNothingToConnectTo {

		@Test
		void contextShouldStartWithoutClient(@Autowired ApplicationContext context) {
			assertThat(context.getBeanProvider(AuditLogClient.class).getIfAvailable()).isNull();
			assertThat(context.getBeanProvider(Messages.class).getIfAvailable()).isNull();
		}

	}

	@Nested
	@WebClientTest
	@ContextConfiguration(classes = ExampleApplication.class)
	@TestPropertySource(properties = "turso.api-token=${NO_SUCH_VARIABLE}")
	class WithPlaceholderThatNothingResolves {

		@Test
		void contextShouldStartWithoutClient(@Autowired ObjectProvider<AuditLogClient> client) {
			assertThat(client.getIfAvailable()).isNull();
		}

	}

}
