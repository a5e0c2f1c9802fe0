package io.github.tursospring.test.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link MockTursoServer} that
 * replaces Turso.
 *
 * @since 0.1.0
 * @see AutoConfigureMockTurso
 */
@AutoConfiguration(before = { TursoAutoConfiguration.class, TursoWebClientTestAutoConfiguration.class })
public final class MockTursoAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MockTursoServer mockTursoServer() {
		return MockTursoServer.start();
	}

	@Bean
	@Primary
	TursoConnectionDetails mockTursoConnectionDetails(MockTursoServer server) {
		return TursoConnectionDetails.of(server.baseUrl(), server.token(), server.organization());
	}

}
