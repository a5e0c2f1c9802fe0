package io.github.tursospring.sample.embedded;

import java.time.Clock;

import reactor.core.Disposable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import io.github.tursospring.sample.acme.AcmeSimulation;
import io.github.tursospring.sample.turso.EmbeddedTursoApi;

/**
 * Runs the sample without an account: where no API token is configured, a Turso API with
 * the log of a made-up organization is started and stopped with the application, and its
 * {@link EmbeddedTursoConnectionDetails} take precedence over the {@code turso.*}
 * properties.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnMissingApiTokenCondition.class)
@EnableConfigurationProperties(EmbeddedTursoProperties.class)
class EmbeddedTursoConfiguration {

	private static final long SEED = 20231220;

	@Bean
	AcmeSimulation acme() {
		return new AcmeSimulation(SEED, Clock.systemUTC());
	}

	@Bean
	EmbeddedTursoApi embeddedTursoApi(AcmeSimulation acme, EmbeddedTursoProperties properties) {
		return EmbeddedTursoApi.builder().organization("acme").entries(acme.history(properties.entries())).start();
	}

	@Bean
	EmbeddedTursoConnectionDetails embeddedTursoConnectionDetails(EmbeddedTursoApi api) {
		return new EmbeddedTursoConnectionDetails(api);
	}

	@Bean(destroyMethod = "dispose")
	Disposable liveActivity(AcmeSimulation acme, EmbeddedTursoApi api, EmbeddedTursoProperties properties) {
		return acme.live(properties.interval()).subscribe(api::append);
	}

}
