package io.github.tursospring.sample.embedded;

import java.time.Duration;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.activity.OrganizationActivity;

/**
 * Runs the sample without an account: where no API token is configured, a
 * {@link MockTursoServer} with the log of a generated organization starts and stops with
 * the application, and its connection details take precedence over the {@code turso.*}
 * properties.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnMissingApiTokenCondition.class)
@EnableConfigurationProperties(EmbeddedTursoProperties.class)
public class EmbeddedTursoConfiguration {

	private static final long SEED = 20231220;

	private static final Duration AGE = Duration.ofDays(90);

	@Bean
	MockTursoServer mockTurso(EmbeddedTursoProperties properties) {
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

}
