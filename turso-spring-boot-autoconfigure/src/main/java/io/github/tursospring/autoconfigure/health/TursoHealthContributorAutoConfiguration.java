package io.github.tursospring.autoconfigure.health;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.internal.DefaultAuditLogClient;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoProperties;
import io.github.tursospring.health.TursoHealthIndicator;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link TursoHealthIndicator}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TursoAutoConfiguration.class)
@ConditionalOnClass({ ReactiveHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnSingleCandidate(AuditLogClient.class)
@ConditionalOnEnabledHealthIndicator("turso")
public final class TursoHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "tursoHealthIndicator", "tursoHealthContributor" })
	TursoHealthIndicator tursoHealthContributor(AuditLogClient client, TursoProperties properties) {
		String organization = (client instanceof DefaultAuditLogClient turso) ? turso.defaultOrganization() : null;
		return new TursoHealthIndicator(client, organization, properties.getHealth().getCacheTtl());
	}

}
