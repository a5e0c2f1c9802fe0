package io.github.tursospring.autoconfigure.endpoint;

import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.ExposableEndpoint;
import org.springframework.boot.actuate.endpoint.Operation;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.jmx.JmxEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.endpoint.AuditLogFollowersEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AuditLogFollowersEndpointAutoConfiguration}.
 */
class AuditLogFollowersEndpointAutoConfigurationTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withPropertyValues("management.endpoints.jmx.exposure.include=auditlogfollowers", "spring.jmx.enabled=true")
		.withConfiguration(AutoConfigurations.of(AuditLogFollowersEndpointAutoConfiguration.class,
				EndpointAutoConfiguration.class, JmxAutoConfiguration.class, JmxEndpointAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare.withBean(AuditLogFollowers.class,
			() -> mock(AuditLogFollowers.class));

	@Test
	void runShouldShowFollowersReadOnly() {
		this.runner.run((context) -> assertThat(operations(context)).isEqualTo(Map.of(OperationType.READ, 2L)));
	}

	@Test
	void runWithUnrestrictedAccessShouldOperateFollowers() {
		this.runner.withPropertyValues("management.endpoint.auditlogfollowers.access=UNRESTRICTED")
			.run((context) -> assertThat(operations(context))
				.isEqualTo(Map.of(OperationType.READ, 2L, OperationType.WRITE, 1L)));
	}

	@Test
	void runWithoutAccessShouldHaveNoEndpoint() {
		this.runner.withPropertyValues("management.endpoint.auditlogfollowers.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(AuditLogFollowersEndpoint.class));
	}

	@Test
	void runWhenNotExposedShouldHaveNoEndpoint() {
		this.runner.withPropertyValues("management.endpoints.jmx.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(AuditLogFollowersEndpoint.class));
	}

	@Test
	void runWithoutFollowersShouldHaveNoEndpoint() {
		this.bare.run((context) -> assertThat(context).doesNotHaveBean(AuditLogFollowersEndpoint.class));
	}

	private static Map<OperationType, Long> operations(ApplicationContext context) {
		return context.getBean(JmxEndpointsSupplier.class)
			.getEndpoints()
			.stream()
			.map(ExposableEndpoint::getOperations)
			.flatMap((operations) -> operations.stream())
			.map(Operation.class::cast)
			.collect(Collectors.groupingBy(Operation::getType, Collectors.counting()));
	}

}
