package io.github.tursospring.sample.demo;

import java.io.IOException;
import java.time.Duration;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.activity.OrganizationActivity;

/**
 * Runs the application without an account: where no API token is configured, a
 * {@link MockTursoServer} with the log of a generated organization starts and stops with
 * the application, and its connection details take precedence over the {@code turso.*}
 * properties. The archive is in a directory that is removed at the end.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(DemoConfiguration.OnMissingToken.class)
@EnableConfigurationProperties(DemoProperties.class)
public class DemoConfiguration {

	private static final long SEED = 20231220;

	private static final Duration AGE = Duration.ofDays(90);

	@Bean
	MockTursoServer mockTurso(DemoProperties properties) {
		OrganizationActivity activity = OrganizationActivity.of(SEED);
		return MockTursoServer.builder()
			.organization("acme",
					(log) -> log.add(activity.history(properties.entries(), AGE))
						.every(properties.interval(), (growing) -> growing.add(activity.next())))
			.start();
	}

	@Bean
	TursoConnectionDetails mockTursoConnectionDetails(MockTursoServer server) {
		return TursoConnectionDetails.of(server.baseUrl(), server.token(), server.organization());
	}

	@Bean
	DemoDirectory demoDirectory() throws IOException {
		return DemoDirectory.create();
	}

	static class OnMissingToken implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return context.getEnvironment().getProperty("turso.api-token", "").isBlank();
		}

	}

}
