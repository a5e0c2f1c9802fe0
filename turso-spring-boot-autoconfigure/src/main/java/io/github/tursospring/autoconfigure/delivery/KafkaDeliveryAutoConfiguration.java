package io.github.tursospring.autoconfigure.delivery;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;

import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.internal.delivery.KafkaDelivery;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.follow.CheckpointStoreAutoConfiguration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the follower {@code kafka},
 * which delivers audit logs to a Kafka topic if
 * {@code turso.audit-logs.delivery.kafka.topic} is set.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = CheckpointStoreAutoConfiguration.class,
		afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnDelivery(KafkaDeliveryAutoConfiguration.TOPIC)
@EnableConfigurationProperties(TursoDeliveryProperties.class)
public final class KafkaDeliveryAutoConfiguration {

	static final String TOPIC = "turso.audit-logs.delivery.kafka.topic";

	private static final String DEPENDENCY = "Add the dependency org.springframework.boot:spring-boot-starter-kafka"
			+ " and set 'spring.kafka.bootstrap-servers', or remove the property.";

	/**
	 * With Spring for Apache Kafka.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ProducerFactory.class)
	static class ProducerConfiguration {

		@Bean
		@Conditional(FreeNameCondition.class)
		AuditLogHandler kafka(TursoDeliveryProperties properties, ObjectProvider<ProducerFactory<?, ?>> factories) {
			ProducerFactory<?, ?> factory = factories.getIfUnique();
			if (factory == null) {
				throw new TursoConfigurationException(
						"'" + TOPIC + "' is set, but there is not exactly one ProducerFactory to deliver with.",
						"If there is none: " + DEPENDENCY + " If there are several, mark one as @Primary.");
			}
			TursoDeliveryProperties.Kafka kafka = properties.getKafka();
			try {
				return new KafkaDelivery(factory, String.valueOf(kafka.getTopic()).strip(),
						kafka.getFormat() == TursoDeliveryProperties.Format.OCSF);
			}
			catch (UnsupportedOperationException ex) {
				throw new TursoConfigurationException(
						"'" + TOPIC + "' is set, but the ProducerFactory, a " + factory.getClass().getName()
								+ ", cannot be copied with other settings.",
						"Use a DefaultKafkaProducerFactory, or implement 'copyWithConfigurationOverride'.");
			}
		}

	}

	/**
	 * Without it.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.kafka.core.ProducerFactory")
	static class MissingKafkaConfiguration {

		MissingKafkaConfiguration() {
			throw new TursoConfigurationException(
					"'" + TOPIC + "' is set, but Spring for Apache Kafka is not on the" + " class path.", DEPENDENCY);
		}

	}

}
