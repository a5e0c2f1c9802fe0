package io.github.tursospring.autoconfigure.observation;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.follow.AuditLogFollower;
import io.github.tursospring.auditlog.observation.AuditLogFollowerMetrics;
import io.github.tursospring.autoconfigure.AuditLogClientBuilderCustomizer;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.AuditLogFollowerAutoConfiguration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for metrics of reading and following
 * audit logs.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { TursoAutoConfiguration.class, AuditLogFollowerAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, AuditLogClient.class })
public final class TursoMetricsAutoConfiguration {

	@Bean
	AuditLogClientBuilderCustomizer metricsAuditLogClientBuilderCustomizer(MeterRegistry registry) {
		return (builder) -> builder.meterRegistry(registry);
	}

	@Bean
	CheckpointMeters auditLogCheckpointMeters(MeterRegistry registry) {
		return new CheckpointMeters(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(AuditLogFollower.class)
	AuditLogFollowerMetrics auditLogFollowerMetrics(ObjectProvider<AuditLogFollower> followers) {
		return new AuditLogFollowerMetrics(
				() -> followers.stream().flatMap((follower) -> follower.status().values().stream()).toList(),
				Clock.systemUTC());
	}

}
