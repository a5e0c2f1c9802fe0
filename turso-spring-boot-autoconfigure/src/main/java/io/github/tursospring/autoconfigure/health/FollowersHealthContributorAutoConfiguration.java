package io.github.tursospring.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.autoconfigure.ConfigurationRange;
import io.github.tursospring.autoconfigure.TursoFollowProperties;
import io.github.tursospring.autoconfigure.follow.AuditLogFollowerAutoConfiguration;
import io.github.tursospring.health.FollowersHealthIndicator;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link FollowersHealthIndicator}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AuditLogFollowerAutoConfiguration.class)
@ConditionalOnClass({ ReactiveHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(AuditLogFollowers.class)
@ConditionalOnEnabledHealthIndicator("turso-followers")
public final class FollowersHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "tursoFollowersHealthIndicator", "tursoFollowersHealthContributor" })
	FollowersHealthIndicator tursoFollowersHealthContributor(AuditLogFollowers followers,
			TursoFollowProperties properties) {
		Duration downAfter = ConfigurationRange.check("turso.audit-logs.follow.health.down-after",
				properties.getHealth().getDownAfter(), Duration.ZERO, Duration.ofDays(30));
		return new FollowersHealthIndicator(followers, downAfter, Clock.systemUTC());
	}

}
