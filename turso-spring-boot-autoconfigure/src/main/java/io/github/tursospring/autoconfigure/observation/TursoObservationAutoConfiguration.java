package io.github.tursospring.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.autoconfigure.AuditLogClientBuilderCustomizer;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for observations of reading audit
 * logs.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TursoAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(AuditLogClient.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
public final class TursoObservationAutoConfiguration {

	@Bean
	AuditLogClientBuilderCustomizer observationAuditLogClientBuilderCustomizer(ObservationRegistry registry) {
		return (builder) -> builder.observationRegistry(registry);
	}

}
