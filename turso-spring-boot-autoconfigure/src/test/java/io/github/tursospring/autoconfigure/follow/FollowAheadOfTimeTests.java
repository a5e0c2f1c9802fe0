package io.github.tursospring.autoconfigure.follow;

import java.sql.DriverManager;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;
import io.github.tursospring.auditlog.internal.follow.ManagedFollowers;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that follows, processed ahead of time.
 */
@Tag("slow")
class FollowAheadOfTimeTests {

	private static final TestPropertyValues PROPERTIES = TestPropertyValues.of("turso.api-token=secret-token",
			"turso.organization=acme", "turso.base-url=http://127.0.0.1:9",
			"turso.audit-logs.follow.jdbc.initialize-schema=always",
			"spring.datasource.url=jdbc:h2:mem:ahead-of-time;DB_CLOSE_DELAY=-1");

	/**
	 * Drivers are found once in a JVM, by the class loader of the thread that asks first:
	 * those found by the forked one would be of no use to other tests.
	 */
	@BeforeAll
	static void findDatabaseDrivers() {
		DriverManager.getDrivers();
	}

	@Test
	@CompileWithForkedClassLoader
	@SuppressWarnings("unchecked")
	void processedApplicationShouldFollow() {
		TestGenerationContext generation = new TestGenerationContext(FollowAheadOfTimeTests.class);
		ClassName name = process(generation);
		generation.writeGeneratedContent();
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			ApplicationContextInitializer<ConfigurableApplicationContext> initializer = compiled
				.getInstance(ApplicationContextInitializer.class, name.toString());
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				PROPERTIES.applyTo(context);
				initializer.initialize(context);
				context.refresh();
				assertThat(context.getBean(ManagedFollowers.class).isRunning()).isTrue();
				assertThat(context.getBean(ManagedFollowers.class).statuses())
					.extracting((status) -> status.key().organization())
					.containsExactly("acme");
				assertThat(context.getBean(TransactionalDeliveries.class)).isNotNull();
				assertThat(context.getBean(JdbcAuditLogCheckpointStore.class)).isNotNull();
			}
		});
	}

	@Test
	void hintsShouldIncludeScripts() {
		TestGenerationContext generation = new TestGenerationContext(FollowAheadOfTimeTests.class);
		process(generation);
		RuntimeHints hints = generation.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.resource()
			.forResource("io/github/tursospring/auditlog/follow/schema-postgresql.sql")).accepts(hints);
	}

	private static ClassName process(TestGenerationContext generation) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			PROPERTIES.applyTo(context);
			context.register(Application.class);
			return new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AuditLogFollowerAutoConfiguration.class, CheckpointStoreAutoConfiguration.class,
			TursoAutoConfiguration.class, WebClientAutoConfiguration.class, DataSourceAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class })
	public static class Application {

		@Bean
		TransactionalAuditLogHandler handler() {
			return (organization, page) -> {
			};
		}

	}

}
