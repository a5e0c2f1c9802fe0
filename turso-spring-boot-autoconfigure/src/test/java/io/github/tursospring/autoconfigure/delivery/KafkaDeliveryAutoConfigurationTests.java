package io.github.tursospring.autoconfigure.delivery;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.internal.delivery.KafkaDelivery;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.AuditLogFollowerAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.CheckpointStoreAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KafkaDeliveryAutoConfiguration}.
 */
class KafkaDeliveryAutoConfigurationTests {

	private static final String TOPIC = "turso.audit-logs.delivery.kafka.topic=audit-log";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme")
		.withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
				CheckpointStoreAutoConfiguration.class, KafkaDeliveryAutoConfiguration.class,
				TursoAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withBean(AuditLogClient.class, OtlpDeliveryAutoConfigurationTests::silentClient);

	private final ApplicationContextRunner withKafka = this.runner.withBean("producerFactory",
			DefaultKafkaProducerFactory.class, Map.of("bootstrap.servers", "127.0.0.1:9"));

	@Test
	void runWhenTopicIsSetShouldHaveAFollowerNamedKafka() {
		this.withKafka.withPropertyValues(TOPIC, "turso.audit-logs.delivery.kafka.format=ocsf").run((context) -> {
			assertThat(context.getBean("kafka")).isInstanceOf(KafkaDelivery.class);
			assertThat(context.getBean(AuditLogFollowers.class).statuses()).singleElement()
				.satisfies((status) -> assertThat(status.key().follower()).isEqualTo("kafka"));
		});
	}

	@Test
	void runWithABeanOfTheFollowersNameShouldNameIt() {
		this.withKafka.withPropertyValues(TOPIC)
			.withAllowBeanDefinitionOverriding(true)
			.withBean("kafka", String.class, () -> "of the application")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContaining("The bean 'kafka' has the name of the follower"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "turso.enabled=true", "turso.audit-logs.delivery.kafka.topic=" })
	void runWithoutTopicShouldNotDeliver(String property) {
		this.withKafka.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditLogHandler.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "turso.enabled=false", "turso.audit-logs.follow.enabled=false" })
	void runWhenDisabledShouldNotDeliver(String property) {
		this.withKafka.withPropertyValues(TOPIC, property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditLogHandler.class));
	}

	@Test
	void runWithoutTheLibraryAndTheTopicShouldNotFail() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.kafka", "org.apache.kafka"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditLogHandler.class));
	}

	@Test
	void runWithoutTheLibraryShouldNameTheDependency() {
		this.runner.withPropertyValues(TOPIC)
			.withClassLoader(new FilteredClassLoader("org.springframework.kafka", "org.apache.kafka"))
			.run((context) -> assertThat(OtlpDeliveryAutoConfigurationTests.failure(context))
				.contains("Spring for Apache Kafka is not on the class path")
				.contains("org.springframework.boot:spring-boot-starter-kafka"));
	}

	@Test
	void runWithoutProducerFactoryShouldNameTheDependency() {
		this.runner.withPropertyValues(TOPIC)
			.run((context) -> assertThat(OtlpDeliveryAutoConfigurationTests.failure(context))
				.contains("not exactly one ProducerFactory")
				.contains("org.springframework.boot:spring-boot-starter-kafka"));
	}

	@Test
	void runWithAProducerFactoryThatCannotBeCopiedShouldSayWhatToUse() {
		this.runner.withPropertyValues(TOPIC)
			.withBean(ProducerFactory.class, () -> () -> null)
			.run((context) -> assertThat(OtlpDeliveryAutoConfigurationTests.failure(context))
				.contains("cannot be copied with other settings")
				.contains("DefaultKafkaProducerFactory"));
	}

	@Test
	void runWithSeveralProducerFactoriesShouldAskForAPrimaryOne() {
		this.withKafka.withPropertyValues(TOPIC)
			.withBean("other", ProducerFactory.class,
					() -> new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", "127.0.0.1:9")))
			.run((context) -> assertThat(OtlpDeliveryAutoConfigurationTests.failure(context)).contains("@Primary"));
	}

}
