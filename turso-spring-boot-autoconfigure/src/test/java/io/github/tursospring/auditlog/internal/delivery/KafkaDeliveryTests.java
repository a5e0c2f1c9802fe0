package io.github.tursospring.auditlog.internal.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KafkaDelivery} without a broker.
 */
class KafkaDeliveryTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private MockProducer<String, String> producer = producer(true);

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
	void pageThatTookTooLongShouldNotBeSentAgainWhileItsRecordsAreUnresolved() {
		this.producer = producer(false);
		KafkaDelivery delivery = delivery();
		delivery.handle("acme", page("1", "2")).subscribe().dispose();
		AtomicBoolean handled = new AtomicBoolean();
		delivery.handle("acme", page("1", "2"))
			.subscribeOn(Schedulers.boundedElastic())
			.subscribe(null, null, () -> handled.set(true));
		delivery.handle("globex", page("1")).subscribe();
		assertSent("1", "2", "1");
		complete(3);
		assertSent("1", "2", "1", "1", "2");
		assertThat(handled).isFalse();
		complete(2);
		await(() -> assertThat(handled).isTrue());
	}

	@Test
	void largeRecordThatIsRefusedShouldNotBeOvertakenAndThoseBeforeItNotRepeated() {
		this.producer = producer(false);
		KafkaDelivery delivery = delivery();
		String large = "x".repeat(5000);
		List<String> failures = new CopyOnWriteArrayList<>();
		AtomicBoolean handled = new AtomicBoolean();
		AuditLogPage page = page("1", "2", large, "4");
		Mono<Void> handling = delivery.handle("acme", page).subscribeOn(Schedulers.boundedElastic());
		handling.subscribe(null, (ex) -> failures.add(ex.toString()));
		assertSent("1", "2");
		complete(2);
		for (int attempt = 1; attempt <= 3; attempt++) {
			assertSent(Stream.concat(Stream.of("1", "2"), Stream.generate(() -> large).limit(attempt))
				.toArray(String[]::new));
			this.producer.errorNext(new RecordTooLargeException("refused"));
			int expected = attempt;
			await(() -> assertThat(failures).hasSize(expected));
			handling.subscribe(null, (ex) -> failures.add(ex.toString()), () -> handled.set(true));
		}
		assertSent("1", "2", large, large, large, large);
		complete(1);
		assertSent("1", "2", large, large, large, large, "4");
		complete(1);
		await(() -> assertThat(handled).isTrue());
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void smallRecordThatIsRefusedShouldNotHaveLaterOnesRepeatedWithEveryAttempt(CapturedOutput output) {
		this.producer = producer(false);
		KafkaDelivery delivery = delivery();
		AtomicInteger failures = new AtomicInteger();
		Mono<Void> handling = delivery.handle("acme", page("1", "2", "3"))
			.subscribeOn(Schedulers.boundedElastic())
			.doOnError((ex) -> failures.incrementAndGet())
			.onErrorComplete();
		handling.subscribe();
		assertSent("1", "2", "3");
		complete(1);
		this.producer.errorNext(new InvalidRecordException("refused"));
		complete(1);
		await(() -> assertThat(failures).hasValue(1));
		handling.subscribe();
		assertSent("1", "2", "3", "2");
		this.producer.errorNext(new InvalidRecordException("refused"));
		await(() -> assertThat(failures).hasValue(2));
		assertSent("1", "2", "3", "2");
		assertThat(output).doesNotContain("payload");
	}

	private void assertSent(String... messages) {
		await(() -> assertThat(this.producer.history())
			.extracting((sent) -> JsonMapper.shared().readTree(sent.value()).get("message").stringValue())
			.containsExactly(messages));
	}

	private void complete(int records) {
		for (int i = 0; i < records; i++) {
			assertThat(this.producer.completeNext()).isTrue();
		}
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
	}

	@Test
	void brokerThatIsAwayShouldBeAFailureThatNamesTheTopic() {
		assertFailure(delivery(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, 100)), page("1", "2"),
				(message) -> assertThat(message).contains("could not be sent to topic 'audit-log'").contains("100 ms"));
	}

	@Test
	void credentialsShouldNotBeShownWhereTheConfigurationIsWrong() {
		Stream
			.of(Map.of("bootstrap.servers", "iku:opensesame@localhost:9092"),
					Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config",
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

	private static MockProducer<String, String> producer(boolean autoComplete) {
		return new MockProducer<>(autoComplete, null, new StringSerializer(), new StringSerializer()) {

			@Override
			public void close(Duration timeout) {
				// it is used again
			}

		};
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
