package com.example.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.example.kafka.KafkaBroker;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.FollowerStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the code in {@code docs/guide/delivery.md} is compiled, and that its
 * commands deliver the demo log.
 */
@Tag("slow")
class DeliveryGuideTests {

	private static final Path GUIDE = Path.of("..", "docs", "guide", "delivery.md");

	private static final Path SOURCES = Path.of("src/test/java/com/example/delivery");

	private static final Duration LIMIT = Duration.ofMinutes(2);

	@Test
	void codeOfTheGuideShouldBeCompiled() throws IOException {
		String sources = withoutSpace(Files.readString(SOURCES.resolve("DemoApplication.java"))
				+ Files.readString(SOURCES.resolve("Consumer.java")));
		List<String> blocks = blocks("java");
		assertThat(blocks).hasSize(3);
		assertThat(blocks).allSatisfy((block) -> assertThat(sources).contains(withoutSpace(block)));
	}

	@Test
	void dependenciesOfTheGuideShouldBeThoseOfThisModule() throws IOException {
		String pom = Files.readString(Path.of("pom.xml"))
				+ Files.readString(Path.of("..", "turso-spring-boot-test", "pom.xml"));
		Matcher artifact = Pattern.compile("<artifactId>.*?</artifactId>").matcher(blocks("xml").get(0));
		assertThat(artifact.results()).hasSize(4).allSatisfy((result) -> assertThat(pom).contains(result.group()));
	}

	@Test
	void commandsOfTheGuideShouldDeliverTheDemoLog(@TempDir Path directory) throws IOException {
		List<String> commands = blocks("sh").stream()
			.filter((block) -> block.startsWith("mvn spring-boot:run"))
			.toList();
		assertThat(commands).hasSize(2);
		try (OtlpReceiver receiver = new OtlpReceiver(); KafkaBroker broker = KafkaBroker.start()) {
			List<String> otlp = arguments(commands.get(0), directory, receiver, broker);
			assertThat(otlp).as("two properties").hasSize(2 + 2);
			try (ConfigurableApplicationContext context = run(otlp)) {
				awaitDelivery(context, "otlp");
				assertThat(receiver.entries()).isEqualTo(1000);
			}
			List<String> kafka = arguments(commands.get(1), directory, receiver, broker);
			assertThat(kafka).as("two properties").hasSize(2 + 2);
			try (ConfigurableApplicationContext context = run(kafka)) {
				awaitDelivery(context, "kafka");
				assertThat(broker.read("audit-log")).hasSize(1000);
			}
		}
	}

	@Test
	void propertiesOfTheGuideShouldWorkTogether(@TempDir Path directory) throws IOException {
		try (OtlpReceiver receiver = new OtlpReceiver(); KafkaBroker broker = KafkaBroker.start()) {
			List<String> arguments = new ArrayList<>(List.of("--spring.main.web-application-type=none",
					"--COLLECTOR_TOKEN=secret", "--turso.audit-logs.follow.file.directory=" + directory));
			blocks("properties").subList(0, 2)
				.stream()
				.flatMap(String::lines)
				.map((line) -> "--" + local(line, directory, receiver, broker))
				.forEach(arguments::add);
			try (ConfigurableApplicationContext context = run(arguments)) {
				awaitDelivery(context, "otlp");
				awaitDelivery(context, "kafka");
				assertThat(receiver.entries()).isEqualTo(1000);
				assertThat(broker.read("audit-log")).hasSize(1000);
			}
		}
	}

	@Test
	void consumerOfTheGuideShouldIgnoreRepeats(@TempDir Path directory) {
		try (KafkaBroker broker = KafkaBroker.start()) {
			for (String positions : List.of("first", "again")) {
				try (ConfigurableApplicationContext context = run(List.of("--spring.main.web-application-type=none",
						"--spring.kafka.bootstrap-servers=" + broker.address(),
						"--turso.audit-logs.follow.file.directory=" + directory.resolve(positions),
						"--turso.audit-logs.delivery.kafka.topic=audit-log"))) {
					awaitDelivery(context, "kafka");
				}
			}
			List<String> ids = broker.read("audit-log")
				.stream()
				.map((message) -> message.headers().lastHeader("turso-audit-log-id").value())
				.map((id) -> new String(id, StandardCharsets.UTF_8))
				.toList();
			assertThat(ids).hasSize(2000);
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ConsumingApplication.class)
				.web(WebApplicationType.NONE)
				.run("--spring.kafka.bootstrap-servers=" + broker.address(),
						"--spring.kafka.consumer.auto-offset-reset=earliest", "--turso.enabled=false")) {
				JdbcClient jdbc = context.getBean(JdbcClient.class);
				Awaitility.await()
					.atMost(LIMIT)
					.untilAsserted(() -> assertThat(jdbc.sql("select id from audit_log").query(String.class).list())
						.containsExactlyInAnyOrderElementsOf(Set.copyOf(ids)));
			}
		}
	}

	private static ConfigurableApplicationContext run(List<String> arguments) {
		return new SpringApplicationBuilder(DemoApplication.class).run(arguments.toArray(String[]::new));
	}

	private static void awaitDelivery(ConfigurableApplicationContext context, String follower) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(context.getBean(AuditLogFollowers.class).statuses())
				.filteredOn((status) -> status.key().follower().equals(follower))
				.extracting(FollowerStatus::counts)
				.singleElement()
				.satisfies((counts) -> assertThat(counts.entries()).isEqualTo(1000)));
	}

	private static List<String> arguments(String command, Path directory, OtlpReceiver receiver, KafkaBroker broker) {
		String arguments = command.substring(command.indexOf('"') + 1, command.lastIndexOf('"'));
		return Stream
			.concat(Stream.of("--spring.main.web-application-type=none",
					"--spring.kafka.bootstrap-servers=" + broker.address()), Arrays.stream(arguments.split(" ")))
			.map((argument) -> local(argument, directory, receiver, broker))
			.toList();
	}

	private static String local(String property, Path directory, OtlpReceiver receiver, KafkaBroker broker) {
		return property.replace("localhost:4318", receiver.address())
			.replace("localhost:9092", broker.address())
			.replace("directory=positions", "directory=" + directory.resolve("positions"));
	}

	/**
	 * An application with the consumer of the guide.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Consumer.class)
	static class ConsumingApplication {

		@Bean
		JdbcClient jdbcClient() {
			JdbcClient jdbc = JdbcClient
				.create(new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));
			jdbc.sql("create table audit_log (id varchar(64) primary key, entry varchar(10000))").update();
			return jdbc;
		}

	}

	private static String withoutSpace(String text) {
		return text.replaceAll("\\s", "");
	}

	private static List<String> blocks(String language) throws IOException {
		Matcher matcher = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(GUIDE));
		return matcher.results().map((result) -> result.group(1)).toList();
	}

	/**
	 * Accepts requests over OTLP/HTTP, and counts the ids of entries in them.
	 */
	private static final class OtlpReceiver implements AutoCloseable {

		private final AtomicLong entries = new AtomicLong();

		private final HttpServer server;

		OtlpReceiver() throws IOException {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			this.server.createContext("/v1/logs", this::receive);
			this.server.start();
		}

		String address() {
			return "localhost:" + this.server.getAddress().getPort();
		}

		long entries() {
			return this.entries.get();
		}

		private void receive(HttpExchange exchange) throws IOException {
			boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
			try (exchange;
					InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody())
							: exchange.getRequestBody()) {
				String message = new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
				this.entries.addAndGet(
						Pattern.compile("turso.audit_log.id", Pattern.LITERAL).matcher(message).results().count());
				exchange.sendResponseHeaders(200, -1);
			}
		}

		@Override
		public void close() {
			this.server.stop(0);
		}

	}

}
