package io.github.tursospring.autoconfigure.health;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.autoconfigure.ConfigurationRange;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
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
	TursoHealthIndicator tursoHealthContributor(AuditLogClient client, TursoProperties properties,
			TursoConnectionDetails connectionDetails) {
		TursoProperties.Health health = properties.getHealth();
		Duration timeout = ConfigurationRange.check("turso.health.timeout", health.getTimeout(), Duration.ofMillis(1),
				Duration.ofDays(1));
		return new TursoHealthIndicator(client, organization(connectionDetails), timeout, health.getCacheTtl());
	}

	/**
	 * Return the organization to show. A client that the application defines needs no
	 * properties.
	 */
	private static @Nullable String organization(TursoConnectionDetails connectionDetails) {
		try {
			return connectionDetails.getOrganization();
		}
		catch (TursoConfigurationException ex) {
			return null;
		}
	}

}
