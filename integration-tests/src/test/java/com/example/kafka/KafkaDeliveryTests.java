package com.example.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.delivery.OcsfEvents;
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Delivers logs to a real broker, which is stopped and restarted, by an application that
 * is killed.
 */
@Tag("slow")
class KafkaDeliveryTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final String QUICK_RETRIES = "turso.audit-logs.follow.backoff.delay=50ms";

	private static KafkaBroker broker;

	@TempDir
	private Path positions;

	private String topic;

	@BeforeAll
	static void startBroker() {
		broker = KafkaBroker.startWithoutAutomaticTopics();
	}

	@AfterAll
	static void stopBroker() {
		broker.close();
	}

	@BeforeEach
	void createTopic() {
		this.topic = broker.createTopic();
	}

	@Test
	void recordsShouldHaveKeyHeadersAndValueWhateverTheApplicationsOwnSettings() {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(25);
			try (ConfigurableApplicationContext context = run(turso, "spring.kafka.producer.acks=0",
					"spring.kafka.producer.properties.enable.idempotence=false",
					"spring.kafka.producer.transaction-id-prefix=tx-",
					"spring.kafka.producer.value-serializer=org.apache.kafka.common.serialization.LongSerializer")) {
				awaitRecords(25);
				List<AuditLog> entries = entries(context);
				List<ConsumerRecord<String, String>> records = broker.read(this.topic);
				assertThat(records).hasSize(25);
				for (int i = 0; i < 25; i++) {
					ConsumerRecord<String, String> message = records.get(i);
					AuditLog entry = entries.get(i);
					assertThat(message.key()).isEqualTo("acme");
					assertThat(header(message, "turso-audit-log-id")).isEqualTo(entry.id());
					assertThat(header(message, "turso-audit-log-code")).isEqualTo(entry.code().value());
					JsonNode value = JsonMapper.shared().readTree(message.value());
					assertThat(value.get("id").stringValue()).isEqualTo(entry.id());
					assertThat(JsonMapper.shared().treeToValue(value, AuditLog.class)).isEqualTo(entry);
				}
			}
		}
	}

	@Test
	void recordsShouldBeTheSameWhateverTheApplicationsOwnProducerFactory() {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(100);
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(DeliveringApplication.class,
					OwnProducerFactory.class)
				.run(arguments(turso, "turso.audit-logs.page-size=10"))) {
				awaitRecords(100);
				assertThat(context.getBean(OwnProducerFactory.class).producers).hasValue(1);
			}
			assertThat(messages("acme")).isEqualTo(numbers(100));
			assertThat(broker.read(this.topic)).extracting(ConsumerRecord::partition)
				.containsOnly(broker.read(this.topic).get(0).partition());
		}
	}

	/**
	 * Not what audit logs can be delivered with.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnProducerFactory {

		private final AtomicInteger producers = new AtomicInteger();

		@Bean
		ProducerFactory<?, ?> producerFactory() {
			DefaultKafkaProducerFactory<Long, byte[]> factory = new DefaultKafkaProducerFactory<>(
					Map.of("bootstrap.servers", broker.address(), "partitioner.class", RoundRobinPartitioner.class,
							"partitioner.ignore.keys", true),
					new LongSerializer(), new ByteArraySerializer());
			factory.setProducerPerThread(true);
			factory.addPostProcessor((created) -> {
				this.producers.incrementAndGet();
				return created;
			});
			return factory;
		}

	}

	@Test
	void recordsShouldBeEventsWhenTheFormatIsOcsf() {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(3);
			try (ConfigurableApplicationContext context = run(turso, "turso.audit-logs.delivery.kafka.format=ocsf")) {
				awaitRecords(3);
				JsonMapper json = JsonMapper.shared();
				AuditLog first = entries(context).get(0);
				assertThat(json.readTree(broker.read(this.topic).get(0).value()))
					.isEqualTo(json.readTree(json.writeValueAsString(OcsfEvents.from(first, "acme"))));
			}
		}
	}

	@Test
	void everyEntryShouldArriveInOrderWhenTheBrokerIsStoppedAndRestarted() {
		try (MockTursoServer turso = MockTursoServer.builder().organization("acme").organization("globex").start()) {
			turso.log("acme").addNumbered(500);
			turso.log("globex").addNumbered(500);
			try (ConfigurableApplicationContext context = run(turso,
					"turso.audit-logs.follow.organizations=acme,globex")) {
				awaitRecords(1000);
				broker.stop();
				for (int i = 501; i <= 700; i++) {
					turso.log("acme").add(MockEntry.numbered(i));
					turso.log("globex").add(MockEntry.numbered(i));
				}
				Awaitility.await()
					.atMost(LIMIT)
					.until(() -> context.getBean(AuditLogFollowers.class)
						.statuses()
						.stream()
						.allMatch((status) -> status.pageInHandSince() != null));
				broker.restart();
				awaitRecords(1400);
				assertThat(context.getBean(AuditLogFollowers.class).statuses())
					.allSatisfy((status) -> assertThat(status.counts().handlerFailures()).isZero());
			}
			assertThat(messages("acme")).isEqualTo(numbers(700));
			assertThat(messages("globex")).isEqualTo(numbers(700));
		}
	}

	@Test
	void everyEntryShouldArriveOnceWritingIsAllowed() {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(25);
			broker.denyWrites();
			try (ConfigurableApplicationContext context = run(turso)) {
				AuditLogFollowers followers = context.getBean(AuditLogFollowers.class);
				Awaitility.await()
					.atMost(LIMIT)
					.untilAsserted(() -> assertThat(followers.statuses()).singleElement()
						.satisfies((status) -> assertThat(status.lastError()).contains("uthoriz")));
				System.out.println("Refused: " + followers.statuses().get(0).lastError());
				broker.allowWrites();
				awaitRecords(25);
			}
			finally {
				broker.allowWrites();
			}
			assertThat(messages("acme")).isEqualTo(numbers(25));
		}
	}

	@Test
	void recordThatTheBrokerRefusesShouldNotBeOvertakenNorOthersRepeated() {
		String large = "x".repeat(30_000);
		broker.limitRecords(this.topic, 20_000);
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(2).add(MockEntry.numbered(3).message(large)).add(MockEntry.numbered(4));
			try (ConfigurableApplicationContext context = run(turso, QUICK_RETRIES)) {
				awaitFailures(context, "larger than the max message size the server will accept");
				assertThat(messages("acme")).containsExactly("1", "2");
				broker.limitRecords(this.topic, 1_000_000);
				awaitRecords(4);
			}
			assertThat(messages("acme")).containsExactly("1", "2", large, "4");
		}
	}

	@Test
	void everyEntryShouldArriveOnceTheTopicExists() {
		this.topic = "missing-" + UUID.randomUUID();
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(25);
			try (ConfigurableApplicationContext context = run(turso, QUICK_RETRIES,
					"spring.kafka.producer.properties.max.block.ms=200")) {
				awaitFailures(context, "topic '" + this.topic + "' (root cause: This server does not host this");
				broker.createTopic(this.topic);
				awaitRecords(25);
			}
			assertThat(messages("acme")).isEqualTo(numbers(25));
		}
	}

	private static void awaitFailures(ConfigurableApplicationContext context, String error) {
		AuditLogFollowers followers = context.getBean(AuditLogFollowers.class);
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			assertThat(followers.statuses().get(0).counts().handlerFailures()).isGreaterThan(2);
			assertThat(followers.statuses().get(0).lastError()).contains(error);
		});
	}

	@Test
	void everyEntryShouldArriveInOrderWhenTheApplicationIsKilledBetweenSendingAndSaving() throws Exception {
		int kills = 3;
		int pageSize = 50;
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(1000);
			for (int kill = 0; kill < kills; kill++) {
				killWhenStopped(start(turso, "turso.audit-logs.page-size=" + pageSize, "stop-after=3"));
			}
			Process last = start(turso, "turso.audit-logs.page-size=" + pageSize);
			try {
				Awaitility.await().atMost(LIMIT).until(() -> messages("acme").contains("1000"));
			}
			finally {
				kill(last);
			}
			List<String> messages = messages("acme");
			assertThat(messages.stream().distinct()).isEqualTo(numbers(1000));
			assertThat(messages).hasSizeBetween(1000 + kills, 1000 + kills * pageSize);
			System.out.println("Kafka crash test: " + kills + " kills, 1000 entries, 0 lost, "
					+ (messages.size() - 1000) + " repeated");
		}
	}

	private void awaitRecords(int count) {
		Awaitility.await()
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(200))
			.until(() -> broker.read(this.topic).size() >= count);
	}

	private List<String> messages(String organization) {
		return broker.read(this.topic)
			.stream()
			.filter((message) -> message.key().equals(organization))
			.map((message) -> JsonMapper.shared().readTree(message.value()).get("message").stringValue())
			.toList();
	}

	private static List<String> numbers(int to) {
		return IntStream.rangeClosed(1, to).mapToObj(String::valueOf).toList();
	}

	private static List<AuditLog> entries(ConfigurableApplicationContext context) {
		return context.getBean(AuditLogClient.class)
			.streamAll(AuditLogQuery.builder().order(AuditLogQuery.Order.ASC).build())
			.collectList()
			.block(LIMIT);
	}

	private static String header(ConsumerRecord<String, String> message, String name) {
		return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
	}

	private ConfigurableApplicationContext run(MockTursoServer turso, String... properties) {
		return new SpringApplicationBuilder(DeliveringApplication.class).run(arguments(turso, properties));
	}

	private Process start(MockTursoServer turso, String... properties) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Xmx128m", "-cp", System.getProperty("java.class.path"), DeliveringApplication.class.getName(),
						"--logging.level.root=error"));
		command.addAll(List.of(arguments(turso, properties)));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private String[] arguments(MockTursoServer turso, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--spring.main.web-application-type=none",
				"--spring.main.banner-mode=off", "--turso.api-token=" + turso.token(), "--turso.organization=acme",
				"--turso.base-url=" + turso.baseUrl(), "--turso.audit-logs.follow.poll-interval=100ms",
				"--turso.audit-logs.follow.lookback=0s", "--positions=" + this.positions,
				"--spring.kafka.bootstrap-servers=" + broker.address(),
				"--turso.audit-logs.delivery.kafka.topic=" + this.topic));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return arguments.toArray(String[]::new);
	}

	private static void killWhenStopped(Process process) throws Exception {
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			String line = output.readLine();
			while (line != null && !line.equals(DeliveringApplication.STOPPED)) {
				line = output.readLine();
			}
			assertThat(line).isEqualTo(DeliveringApplication.STOPPED);
		}
		finally {
			kill(process);
		}
	}

	private static void kill(Process process) throws InterruptedException {
		process.destroyForcibly().waitFor();
	}

}
