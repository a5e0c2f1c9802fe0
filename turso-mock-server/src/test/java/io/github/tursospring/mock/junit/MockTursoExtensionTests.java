package io.github.tursospring.mock.junit;

import java.util.LinkedHashSet;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MockTursoExtension}.
 */
class MockTursoExtensionTests {

	private static final Set<MockTursoServer> seen = new LinkedHashSet<>();

	@Test
	void serverWhenExtendedWithShouldRunForTheClass() {
		assertThat(runAndGetServers(ExtendedWith.class, 3)).isEqualTo(1);
	}

	@Test
	void serverWhenStaticShouldRunForTheClass() {
		assertThat(runAndGetServers(RegisteredStatic.class, 2)).isEqualTo(1);
		assertThatIllegalStateException().isThrownBy(() -> new MockTursoExtension().server());
	}

	@Test
	void serverWhenInstanceShouldRunForEachTest() {
		assertThat(runAndGetServers(RegisteredInstance.class, 2)).isEqualTo(2);
	}

	private static int runAndGetServers(Class<?> testClass, int tests) {
		seen.clear();
		EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectClass(testClass))
			.execute()
			.testEvents()
			.assertStatistics((statistics) -> statistics.succeeded(tests).failed(0));
		int servers = seen.size();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("mock-turso"));
		return servers;
	}

	@ExtendWith(MockTursoExtension.class)
	static class ExtendedWith {

		ExtendedWith(MockTursoServer server) {
			assertThat(server.log().size()).isZero();
		}

		@Test
		void logInFirstTestShouldBeEmpty(MockTursoServer server) {
			use(server);
		}

		@Test
		void logInSecondTestShouldBeEmpty(MockTursoServer server) {
			use(server);
		}

		private static void use(MockTursoServer server) {
			seen.add(server);
			assertThat(server.log().addNumbered(2).size()).isEqualTo(2);
		}

		@Nested
		class Inner {

			@Test
			void logInNestedTestShouldBeEmpty(MockTursoServer server) {
				use(server);
			}

		}

	}

	@TestMethodOrder(MethodOrderer.MethodName.class)
	static class RegisteredStatic {

		@RegisterExtension
		static final MockTursoExtension turso = new MockTursoExtension(
				(builder) -> builder.organization("mine", (log) -> log.addNumbered(7)));

		@BeforeAll
		static void beforeAll() {
			seen.add(turso.server());
		}

		@Test
		void logInFirstTestShouldBeAsConfigured() {
			use();
		}

		@Test
		void logInSecondTestShouldBeAsConfigured() {
			use();
		}

		private static void use() {
			seen.add(turso.server());
			assertThat(turso.server().organization()).isEqualTo("mine");
			assertThat(turso.server().log().addNumbered(1).size()).isEqualTo(8);
		}

		@AfterAll
		static void afterAll() {
			seen.add(turso.server());
		}

	}

	static class RegisteredInstance {

		@RegisterExtension
		final MockTursoExtension turso = new MockTursoExtension();

		@Test
		void serverShouldRunInFirstTest() {
			seen.add(this.turso.server());
		}

		@Test
		void serverShouldRunInSecondTest() {
			seen.add(this.turso.server());
		}

	}

}
