package io.github.tursospring.autoconfigure.delivery;

import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.NestedExceptionUtils;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.internal.delivery.OtlpDelivery;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.follow.AuditLogFollowerAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.CheckpointStoreAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link OtlpDeliveryAutoConfiguration}.
 */
class OtlpDeliveryAutoConfigurationTests {

	private static final String ENDPOINT = "turso.audit-logs.delivery.otlp.endpoint=http://127.0.0.1:4318/v1/logs";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme")
		.withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
				CheckpointStoreAutoConfiguration.class, OtlpDeliveryAutoConfiguration.class,
				TursoAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withBean(AuditLogClient.class, OtlpDeliveryAutoConfigurationTests::silentClient);

	@Test
	void runWhenEndpointIsSetShouldHaveAFollowerNamedOtlp() {
		this.runner
			.withPropertyValues(ENDPOINT, "turso.audit-logs.delivery.otlp.headers.api-key=secret",
					"turso.audit-logs.delivery.otlp.compression=gzip", "turso.audit-logs.delivery.otlp.timeout=5s",
					"turso.audit-logs.delivery.otlp.format=ocsf")
			.run((context) -> {
				assertThat(context).hasSingleBean(AuditLogHandler.class);
				assertThat(context.getBean("otlp")).isInstanceOf(OtlpDelivery.class);
				assertThat(context.getBean(AuditLogFollowers.class).statuses()).singleElement()
					.satisfies((status) -> assertThat(status.key().follower()).isEqualTo("otlp"));
			});
	}

	/** Both contexts have the properties and the auto-configuration. */
	@Test
	void runInContextWhoseParentDeliversShouldNotDeliverAgain() {
		ApplicationContextRunner configured = this.runner.withPropertyValues(ENDPOINT);
		configured.run((parent) -> configured.withParent(parent)
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(AuditLogFollowers.class)
				.isSameAs(parent.getBean(AuditLogFollowers.class))));
	}

	/** Spring Boot adds exporters that are beans to the application's own logging. */
	@Test
	void runShouldNotExposeTheExporter() {
		this.runner.withPropertyValues(ENDPOINT)
			.run((context) -> assertThat(context).doesNotHaveBean(LogRecordExporter.class));
	}

	@Test
	void runWithAHandlerShouldHaveBothFollowers() {
		this.runner.withPropertyValues(ENDPOINT)
			.withBean("alerts", AuditLogHandler.class, () -> (organization, page) -> Mono.empty())
			.run((context) -> assertThat(context.getBean(AuditLogFollowers.class).statuses())
				.extracting((status) -> status.key().follower())
				.containsExactly("alerts", "otlp"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void runWithABeanOfTheFollowersNameShouldNameIt(boolean overriding) {
		this.runner.withPropertyValues(ENDPOINT)
			.withAllowBeanDefinitionOverriding(overriding)
			.withBean("otlp", AuditLogHandler.class, () -> (organization, page) -> Mono.empty())
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContaining("The bean 'otlp' has the name of the follower"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "turso.enabled=true", "turso.audit-logs.delivery.otlp.endpoint=",
			"turso.audit-logs.delivery.otlp.endpoint= " })
	void runWithoutEndpointShouldNotDeliver(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditLogHandler.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "turso.enabled=false", "turso.audit-logs.follow.enabled=false" })
	void runWhenDisabledShouldNotDeliver(String property) {
		this.runner.withPropertyValues(ENDPOINT, property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditLogHandler.class));
	}

	@Test
	void runWithoutTheLibraryAndTheEndpointShouldNotFail() {
		this.runner.withClassLoader(new FilteredClassLoader("io.opentelemetry"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditLogHandler.class));
	}

	@Test
	void runWithoutTheLibraryShouldNameTheDependency() {
		this.runner.withPropertyValues(ENDPOINT)
			.withClassLoader(new FilteredClassLoader("io.opentelemetry"))
			.run((context) -> assertThat(failure(context)).contains("not on the class path")
				.contains("io.opentelemetry:opentelemetry-exporter-otlp"));
	}

	@Test
	void runWithAnOldLibraryShouldNameTheVersion() {
		this.runner.withPropertyValues(ENDPOINT)
			.withClassLoader(new FilteredClassLoader(HttpSenderProvider.class))
			.run((context) -> assertThat(failure(context)).contains("older than 1.59")
				.contains("'opentelemetry.version'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:4318", "ftp://localhost/v1/logs", "http:///v1/logs", "http://a b/",
			"http://user:secret@localhost/v1/logs" })
	void runWhenEndpointIsNoUrlShouldNameTheKey(String endpoint) {
		this.runner.withPropertyValues("turso.audit-logs.delivery.otlp.endpoint=" + endpoint)
			.run((context) -> assertThat(failure(context)).contains("is not the URL of an OTLP receiver")
				.contains("Set 'turso.audit-logs.delivery.otlp.endpoint'")
				.doesNotContain("secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "api-key=secret\nkey", "Host=secret", "[a b]=secret" })
	void runWhenAHeaderCannotBeSentShouldNameTheKeyAndNotTheValue(String header) {
		this.runner.withPropertyValues(ENDPOINT, "turso.audit-logs.delivery.otlp.headers." + header)
			.run((context) -> assertThat(failure(context)).contains("is not a header that can be sent")
				.doesNotContain("secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0s", "11m" })
	void runWhenTimeoutIsOutOfRangeShouldNameTheKey(String timeout) {
		this.runner.withPropertyValues(ENDPOINT, "turso.audit-logs.delivery.otlp.timeout=" + timeout)
			.run((context) -> assertThat(failure(context)).contains("'turso.audit-logs.delivery.otlp.timeout'"));
	}

	static String failure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		assertThat(context).getFailure().rootCause().isInstanceOf(TursoConfigurationException.class);
		return NestedExceptionUtils.getRootCause(context.getStartupFailure()).getMessage();
	}

	static AuditLogClient silentClient() {
		AuditLogClient client = mock(AuditLogClient.class);
		given(client.follow(any(AuditLogQuery.class))).willReturn(Flux.never());
		return client;
	}

}
