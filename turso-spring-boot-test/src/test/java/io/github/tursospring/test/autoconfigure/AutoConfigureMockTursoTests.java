package io.github.tursospring.test.autoconfigure;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webclient.test.autoconfigure.WebClientTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureMockTurso @AutoConfigureMockTurso}.
 */
class AutoConfigureMockTursoTests {

	private static final Set<ApplicationContext> contexts = new LinkedHashSet<>();

	@AfterAll
	static void contextWhenClassesAreAnnotatedAlikeShouldBeShared() {
		assertThat(contexts).hasSize(1);
	}

	@Nested
	@SpringBootTest
	@AutoConfigureMockTurso
	class WithApplication extends Shared {

	}

	@Nested
	@SpringBootTest
	@AutoConfigureMockTurso
	class WithApplicationInAnotherClass extends Shared {

	}

	abstract static class Shared {

		@Autowired
		ApplicationContext context;

		@Autowired
		MockTursoServer turso;

		@Autowired
		Messages messages;

		@Test
		void componentShouldReadFromTheServer() {
			contexts.add(this.context);
			this.turso.log().addNumbered(2);
			assertThat(this.messages.all()).containsExactly("2", "1");
			assertThat(this.turso.requests()).hasSize(1);
		}

		@Test
		void serverShouldBeResetAfterEachTest() {
			assertThat(this.messages.all()).isEmpty();
			assertThat(this.turso.requests()).hasSize(1);
			this.turso.log().addNumbered(1);
		}

	}

	@Nested
	@SpringBootTest(properties = { "turso.api-token=production", "turso.organization=production",
			"turso.base-url=https://127.0.0.1:1" })
	@AutoConfigureMockTurso
	class WithProperties {

		@Test
		void componentShouldReadFromTheServer(@Autowired MockTursoServer turso, @Autowired Messages messages) {
			turso.log().addNumbered(1);
			assertThat(messages.all()).containsExactly("1");
		}

	}

	@Nested
	@SpringBootTest
	@AutoConfigureMockTurso
	@Import(WithOwnServerAndConnectionDetails.Configuration.class)
	class WithOwnServerAndConnectionDetails {

		@Test
		void componentShouldReadFromTheServer(@Autowired MockTursoServer turso, @Autowired Messages messages) {
			assertThat(turso.organization()).isEqualTo("mine");
			assertThat(messages.all()).containsExactly("3", "2", "1");
		}

		@TestConfiguration(proxyBeanMethods = false)
		static class Configuration {

			@Bean
			MockTursoServer turso() {
				return MockTursoServer.builder().organization("mine", (log) -> log.addNumbered(3)).start();
			}

			@Bean
			TursoConnectionDetails production() {
				return TursoConnectionDetails.of(URI.create("https://127.0.0.1:1"), "production", "production");
			}

		}

	}

	@Nested
	@WebClientTest(Messages.class)
	@ContextConfiguration(classes = ExampleApplication.class)
	@AutoConfigureMockTurso
	class WithWebClientTest {

		@Test
		void componentShouldReadFromTheServer(@Autowired MockTursoServer turso, @Autowired Messages messages) {
			turso.log().addNumbered(1);
			assertThat(messages.all()).containsExactly("1");
		}

	}

	@Nested
	@SpringBootTest(properties = { "turso.api-token=token", "turso.organization=acme" })
	class WithoutAnnotation {

		@Test
		void contextShouldHaveNoServer(@Autowired ObjectProvider<MockTursoServer> turso,
				@Autowired TursoConnectionDetails connectionDetails) {
			assertThat(turso.getIfAvailable()).isNull();
			assertThat(connectionDetails.getOrganization()).isEqualTo("acme");
		}

	}

}
