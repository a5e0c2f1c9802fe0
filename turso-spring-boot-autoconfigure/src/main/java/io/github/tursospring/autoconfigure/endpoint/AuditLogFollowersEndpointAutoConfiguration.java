package io.github.tursospring.autoconfigure.endpoint;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.autoconfigure.follow.AuditLogFollowerAutoConfiguration;
import io.github.tursospring.endpoint.AuditLogFollowersEndpoint;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link AuditLogFollowersEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AuditLogFollowerAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(AuditLogFollowers.class)
@ConditionalOnAvailableEndpoint(AuditLogFollowersEndpoint.class)
public final class AuditLogFollowersEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AuditLogFollowersEndpoint auditLogFollowersEndpoint(AuditLogFollowers followers) {
		return new AuditLogFollowersEndpoint(followers);
	}

}
