package io.github.tursospring.autoconfigure.health;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.health.TursoHealthIndicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

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

	@Test
	void runWithClientOfUserAndNoPropertiesShouldAskThatClient() {
		AuditLogClient client = mock(AuditLogClient.class);
		given(client.list(any(AuditLogQuery.class)))
			.willReturn(Mono.just(new AuditLogPage(List.of(), null, false, null)));
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TursoHealthContributorAutoConfiguration.class, TursoAutoConfiguration.class,
							WebClientAutoConfiguration.class, HealthContributorAutoConfiguration.class))
			.withBean(AuditLogClient.class, () -> client)
			.run((context) -> {
				Health health = context.getBean(TursoHealthIndicator.class).health().block(Duration.ofSeconds(10));
				assertThat(health).isNotNull();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).doesNotContainKey("organization");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "0s", "-1s" })
	void runWithTimeoutOutOfRangeShouldNameTheKey(String timeout) {
		this.runner.withPropertyValues("turso.health.timeout=" + timeout)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("turso.health.timeout"));
	}

}
