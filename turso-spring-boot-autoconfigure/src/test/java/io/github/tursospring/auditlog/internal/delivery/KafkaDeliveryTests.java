package io.github.tursospring.auditlog.internal.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KafkaDelivery} without a broker.
 */
class KafkaDeliveryTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final MockProducer<String, String> producer = new MockProducer<>(true, null, new StringSerializer(),
			new StringSerializer()) {

		@Override
		public void close(Duration timeout) {
			// it is used again
		}

	};

	@Test
	void handleShouldSendTheEntriesInOrder() {
		StepVerifier.create(delivery().handle("acme", page("1", "2", "3"))).expectComplete().verify(LIMIT);
		assertThat(this.producer.history()).extracting(ProducerRecord::value)
			.satisfiesExactly((value) -> assertThat(value).contains("\"1\""),
					(value) -> assertThat(value).contains("\"2\""), (value) -> assertThat(value).contains("\"3\""));
	}

	@Test
	void recordThatIsTooLargeShouldBeNamedBeforeAnyOfItsPageIsSent() {
		assertFailure(delivery(), page("1", "x".repeat(1_048_600), "3"),
				(message) -> assertThat(message).contains("1970-01-01T00:00:02Z")
					.contains("max.request.size")
					.contains("1048576")
					.doesNotContain("xxx"));
		assertThat(this.producer.history()).isEmpty();
	}

	@Test
	void firstRecordThatCannotBeSentShouldEndThePage() {
		this.producer.sendException = new KafkaException("refused");
		assertFailure(delivery(), page("1", "2"), (message) -> assertThat(message).contains("refused"));
		assertThat(this.producer.history()).isEmpty();
	}

	@Test
	void brokerThatIsAwayShouldBeAFailureThatNamesTheTopic() {
		assertFailure(delivery(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, 100)), page("1", "2"),
				(message) -> assertThat(message).contains("audit-log").contains("100 ms"));
	}

	@Test
	void credentialsShouldNotBeShownWhereTheConfigurationIsWrong() {
		Stream
			.of(Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config",
					"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"iku\""
							+ " password=\"opensesame\""),
					Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config",
							"org.example.Missing required password=\"opensesame\";"),
					Map.of("security.protocol", "SSL", "ssl.keystore.type", "PEM", "ssl.keystore.key", "opensesame",
							"ssl.keystore.certificate.chain", "opensesame"),
					Map.of("security.protocol", "SSL", "ssl.keystore.location", "/nowhere", "ssl.keystore.password",
							"opensesame"))
			.forEach((settings) -> assertFailure(delivery(settings), page("1"),
					(message) -> assertThat(message).contains("Failed to construct kafka producer")
						.doesNotContain("opensesame")));
	}

	private static void assertFailure(KafkaDelivery delivery, AuditLogPage page, Consumer<String> message) {
		StepVerifier.create(delivery.handle("acme", page)).expectErrorSatisfies((ex) -> {
			StringBuilder messages = new StringBuilder();
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				messages.append(cause).append('\n');
			}
			message.accept(messages.toString());
		}).verify(LIMIT);
	}

	private static AuditLogPage page(String... messages) {
		List<AuditLog> entries = Stream.iterate(1, (number) -> number <= messages.length, (number) -> number + 1)
			.map((number) -> AuditLog.builder()
				.message(messages[number - 1])
				.createdAt(Instant.ofEpochSecond(number))
				.build())
			.toList();
		return new AuditLogPage(entries, "token", false, null);
	}

	private static KafkaDelivery delivery(Map<String, ?> settings) {
		Map<String, Object> all = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:9"));
		all.putAll(settings);
		return new KafkaDelivery(new DefaultKafkaProducerFactory<>(all), "audit-log", false);
	}

	private KafkaDelivery delivery() {
		return new KafkaDelivery(new ProducerFactory<String, String>() {

			@Override
			public Producer<String, String> createProducer() {
				return KafkaDeliveryTests.this.producer;
			}

			@Override
			public Producer<String, String> createNonTransactionalProducer() {
				return createProducer();
			}

			@Override
			public ProducerFactory<String, String> copyWithConfigurationOverride(Map<String, Object> overrides) {
				return this;
			}

		}, "audit-log", false);
	}

}
