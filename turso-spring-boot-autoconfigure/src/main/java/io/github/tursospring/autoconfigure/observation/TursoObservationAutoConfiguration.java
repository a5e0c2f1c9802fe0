package io.github.tursospring.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.internal.DefaultAuditLogClient;
import io.github.tursospring.auditlog.observation.AuditLogObservations;
import io.github.tursospring.auditlog.observation.AuditLogStreamObservationConvention;
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
@ConditionalOnBean({ ObservationRegistry.class, DefaultAuditLogClient.class })
public final class TursoObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AuditLogObservations auditLogObservations(ObservationRegistry registry,
			ObjectProvider<AuditLogStreamObservationConvention> convention) {
		return new AuditLogObservations(registry, convention.getIfAvailable());
	}

}
