package io.github.tursospring.autoconfigure.observation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.observation.AuditLogMeterDocumentation;
import io.github.tursospring.autoconfigure.AuditLogClientBuilderCustomizer;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.AuditLogFollowerAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.CheckpointStoreAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TursoObservationAutoConfiguration} and
 * {@link TursoMetricsAutoConfiguration}.
 */
class TursoObservationAutoConfigurationTests {

	private static final String OBSERVATIONS = "observationAuditLogClientBuilderCustomizer";

	private static final String METRICS = "metricsAuditLogClientBuilderCustomizer";

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme")
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, TursoObservationAutoConfiguration.class,
				TursoMetricsAutoConfiguration.class, AuditLogFollowerAutoConfiguration.class,
				CheckpointStoreAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class));

	@Test
	void runWithMicrometerShouldObserveAndMeasure() {
		this.runner.run((context) -> assertThat(context).hasBean(OBSERVATIONS)
			.hasBean(METRICS)
			.doesNotHaveBean(FollowerMeters.class));
	}

	@Test
	void runWithoutRegistriesShouldDoNeither() {
		this.bare.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(AuditLogClient.class)
			.doesNotHaveBean(AuditLogClientBuilderCustomizer.class));
	}

	@Test
	void runWithoutMetricsShouldObserve() {
		this.bare.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().hasBean(OBSERVATIONS).doesNotHaveBean(METRICS));
	}

	@Test
	void runWithoutObservationsShouldMeasure() {
		this.bare.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OBSERVATIONS).hasBean(METRICS));
	}

	@Test
	void runWithSeveralRegistriesShouldDoNeither() {
		this.bare.withBean("meters", MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("otherMeters", MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("observations", ObservationRegistry.class, ObservationRegistry::create)
			.withBean("otherObservations", ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AuditLogClient.class)
				.doesNotHaveBean(AuditLogClientBuilderCustomizer.class));
	}

	@Test
	void runWithoutMicrometerShouldDoNeither() {
		this.bare.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AuditLogClient.class)
				.doesNotHaveBean(AuditLogClientBuilderCustomizer.class));
	}

	@Test
	void runWithClientOfUserShouldNotMeasureIt() {
		this.runner.withBean(AuditLogClient.class, () -> mock(AuditLogClient.class)).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(MeterRegistry.class).find("turso.audit-logs.pages").meters()).isEmpty();
		});
	}

	@Test
	void runWhenDisabledShouldDoNeither() {
		this.runner.withPropertyValues("turso.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(AuditLogClientBuilderCustomizer.class));
	}

	@Test
	void metersShouldBeRegisteredFromStart() {
		this.runner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			for (AuditLogMeterDocumentation meter : AuditLogMeterDocumentation.values()) {
				boolean ofFollower = meter.getName().startsWith("turso.audit-logs.follow");
				assertThat(registry.find(meter.getName()).meters()).as(meter.getName()).hasSize(switch (meter) {
					case ENTRIES, PAGES, SKIPPED, REFETCHED -> 5;
					case RETRIES -> 5;
					case RATE_LIMIT_WAIT -> 1;
					case FOLLOW_LAG, FOLLOW_HEAD_AGE, FOLLOW_PAGE_AGE, FOLLOW_HANDLER_FAILURES, FOLLOW_GAPS,
							CHECKPOINT_FAILURES ->
						0;
				}).allSatisfy((found) -> {
					assertThat(ofFollower).isFalse();
					assertThat(found.getId().getDescription()).isEqualTo(meter.getDescription());
					assertThat(found.getId().getTags()).extracting("key")
						.containsExactlyElementsOf(
								Arrays.stream(meter.getKeyNames()).map((key) -> key.asString()).toList());
				});
			}
		});
	}

	@Test
	void runWithFollowerShouldCountFailuresOfItsPositions() {
		AuditLogClient client = mock(AuditLogClient.class);
		given(client.follow(any(AuditLogQuery.class)))
			.willReturn(Flux.concat(Flux.just(new AuditLogPage(List.of(), "token", true, null)), Flux.never()));
		AuditLogCheckpointStore store = mock(AuditLogCheckpointStore.class);
		CheckpointKey key = new CheckpointKey("archive", "acme");
		given(store.keys()).willReturn(Flux.empty());
		given(store.load(key)).willReturn(Mono.empty());
		given(store.save(key, null, "token")).willReturn(Mono.error(new IllegalStateException("no database")));
		this.runner.withBean(AuditLogClient.class, () -> client)
			.withBean(AuditLogCheckpointStore.class, () -> store)
			.withBean("archive", AuditLogHandler.class, () -> (organization, page) -> Mono.empty())
			.withPropertyValues("turso.audit-logs.follow.organizations=acme")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				Awaitility.await()
					.atMost(Duration.ofSeconds(10))
					.until(() -> registry.get("turso.audit-logs.checkpoint.failures")
						.tags("follower", "archive", "failure", "save")
						.functionCounter()
						.count() > 0);
			});
	}

	@Test
	void runWithFollowerShouldShowNoLagBeforeItHasReadAnything() {
		AuditLogClient client = mock(AuditLogClient.class);
		given(client.follow(any(AuditLogQuery.class))).willReturn(Flux.never());
		this.runner.withBean(AuditLogClient.class, () -> client)
			.withBean("archive", AuditLogHandler.class, () -> (organization, page) -> Mono.empty())
			.withPropertyValues("turso.audit-logs.follow.organizations=acme")
			.run((context) -> {
				assertThat(context).hasSingleBean(FollowerMeters.class);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("turso.audit-logs.follow.lag").timeGauge().value()).isNaN();
				assertThat(registry.get("turso.audit-logs.follow.head.age").timeGauge().value()).isNaN();
			});
	}

}
