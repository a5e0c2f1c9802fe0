package io.github.tursospring.autoconfigure.observation;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
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
@ConditionalOnBean(AuditLogClient.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class TursoMetricsAutoConfiguration {

	@Bean
	AuditLogClientBuilderCustomizer metricsAuditLogClientBuilderCustomizer(MeterRegistry registry) {
		return (builder) -> builder.meterRegistry(registry);
	}

	@Bean
	@ConditionalOnBean(AuditLogFollowers.class)
	FollowerMeters auditLogFollowerMeters(AuditLogFollowers followers) {
		return new FollowerMeters(followers, Clock.systemUTC());
	}

}
