package com.example.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints how fast a backlog is delivered to Kafka, beside how fast it is read. Server,
 * application and broker share this process.
 */
@Tag("measurement")
class KafkaRateTests {

	private static final int ENTRIES = Integer.getInteger("turso.test.entries", 5000);

	private static final int ROUNDS = 3;

	@TempDir
	private Path directory;

	@Test
	void backlogShouldBeDeliveredWhole() {
		try (MockTursoServer turso = MockTursoServer.start(); KafkaBroker broker = KafkaBroker.start()) {
			turso.log().addNumbered(ENTRIES);
			long reading = 0;
			long delivery = 0;
			long ocsf = 0;
			for (int round = 0; round < ROUNDS; round++) {
				reading = Math.max(reading, rate(turso, "reading", KafkaRateTests::read));
				delivery = Math.max(delivery, deliver(turso, broker, "native"));
				ocsf = Math.max(ocsf, deliver(turso, broker, "ocsf"));
			}
			System.out.printf("Rate of Kafka, %,d entries: reading alone %,d/s, delivered %,d/s, as OCSF %,d/s%n",
					ENTRIES, reading, delivery, ocsf);
		}
	}

	private static long read(ConfigurableApplicationContext context) {
		return context.getBean(AuditLogClient.class)
			.streamAll(AuditLogQuery.builder().order(AuditLogQuery.Order.ASC).build())
			.count()
			.blockOptional(Duration.ofMinutes(5))
			.orElseThrow();
	}

	private long deliver(MockTursoServer turso, KafkaBroker broker, String format) {
		String topic = broker.createTopic();
		long rate = rate(turso, topic, KafkaRateTests::delivered,
				"--spring.kafka.bootstrap-servers=" + broker.address(),
				"--turso.audit-logs.delivery.kafka.topic=" + topic,
				"--turso.audit-logs.delivery.kafka.format=" + format);
		List<ConsumerRecord<String, String>> records = broker.read(topic);
		assertThat(records).hasSize(ENTRIES);
		assertThat(records.stream().map(ConsumerRecord::value).distinct()).hasSize(ENTRIES);
		return rate;
	}

	private static long delivered(ConfigurableApplicationContext context) {
		AuditLogFollowers followers = context.getBean(AuditLogFollowers.class);
		Awaitility.await()
			.atMost(Duration.ofMinutes(5))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> followers.statuses().get(0).counts().entries() >= ENTRIES);
		return followers.statuses().get(0).counts().entries();
	}

	private long rate(MockTursoServer turso, String name, ToLongFunction<ConfigurableApplicationContext> work,
			String... properties) {
		List<String> arguments = new ArrayList<>(List.of(properties));
		arguments.addAll(List.of("--spring.main.web-application-type=none", "--spring.main.banner-mode=off",
				"--turso.api-token=" + turso.token(), "--turso.organization=acme",
				"--turso.base-url=" + turso.baseUrl(), "--turso.audit-logs.page-size=1000",
				"--positions=" + this.directory.resolve(name)));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(DeliveringApplication.class)
			.run(arguments.toArray(String[]::new))) {
			long start = System.nanoTime();
			assertThat(work.applyAsLong(context)).isEqualTo(ENTRIES);
			return ENTRIES * 1_000_000_000L / (System.nanoTime() - start);
		}
	}

}
