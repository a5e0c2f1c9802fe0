package io.github.tursospring.autoconfigure.health;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.health.TursoHealthIndicator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TursoHealthContributorAutoConfiguration}.
 */
class TursoHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme")
		.withConfiguration(
				AutoConfigurations.of(TursoHealthContributorAutoConfiguration.class, TursoAutoConfiguration.class,
						WebClientAutoConfiguration.class, HealthContributorAutoConfiguration.class));

	@Test
	void runShouldCreateIndicatorNamedTurso() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(TursoHealthIndicator.class)
			.hasBean("tursoHealthContributor"));
	}

	@Test
	void runWhenDisabledShouldNotCreateIndicator() {
		this.runner.withPropertyValues("management.health.turso.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TursoHealthIndicator.class));
	}

	@Test
	void runWhenTursoIsDisabledShouldNotCreateIndicator() {
		this.runner.withPropertyValues("turso.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TursoHealthIndicator.class));
	}

	@Test
	void runWithIndicatorOfUserShouldBackOff() {
		ReactiveHealthIndicator mine = () -> reactor.core.publisher.Mono.empty();
		this.runner.withBean("tursoHealthIndicator", ReactiveHealthIndicator.class, () -> mine)
			.run((context) -> assertThat(context).doesNotHaveBean(TursoHealthIndicator.class));
	}

}
