package com.example.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Delivers a log to a broker that asks for a password.
 */
@Tag("slow")
class KafkaLoginTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static volatile boolean refused;

	@TempDir
	private Path positions;

	@Test
	void everyEntryShouldArriveOnceTheBrokerKnowsTheUser() throws Exception {
		try (KafkaClusterTestKit kafka = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder().setCombined(true)
			.setNumBrokerNodes(1)
			.setNumControllerNodes(1)
			.setBrokerSecurityProtocol(SecurityProtocol.SASL_PLAINTEXT)
			.setControllerSecurityProtocol(SecurityProtocol.SASL_PLAINTEXT)
			.build()).setConfigProp("offsets.topic.replication.factor", "1").build();
				MockTursoServer turso = MockTursoServer.start()) {
			kafka.format();
			kafka.startup();
			kafka.waitForReadyBrokers();
			Properties login = kafka.newClientPropertiesBuilder().build();
			login.setProperty("security.protocol", "SASL_PLAINTEXT");
			login.setProperty("sasl.mechanism", "PLAIN");
			login.setProperty("sasl.jaas.config", "org.apache.kafka.common.security.plain.PlainLoginModule required"
					+ " username=\"plain-admin\" password=\"plain-admin-secret\";");
			turso.log().addNumbered(25);
			try (Admin admin = Admin.create(login)) {
				admin.createTopics(List.of(new NewTopic("audit-log", 1, (short) 1))).all().get();
				refused = true;
				try (ConfigurableApplicationContext context = run(turso, kafka.bootstrapServers())) {
					AuditLogFollowers followers = context.getBean(AuditLogFollowers.class);
					Awaitility.await()
						.atMost(LIMIT)
						.untilAsserted(() -> assertThat(followers.statuses().get(0).counts().handlerFailures())
							.isGreaterThan(1));
					System.out.println("Refused: " + followers.statuses().get(0).lastError());
					refused = false;
					try {
						Awaitility.await().atMost(LIMIT).until(() -> end(admin) == 25);
					}
					finally {
						System.out.println("Then: " + followers.statuses().get(0));
					}
				}
			}
		}
	}

	private static long end(Admin admin) throws Exception {
		TopicPartition partition = new TopicPartition("audit-log", 0);
		ListOffsetsResultInfo end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
			.partitionResult(partition)
			.get();
		return end.offset();
	}

	private ConfigurableApplicationContext run(MockTursoServer turso, String brokers) {
		return new SpringApplicationBuilder(DeliveringApplication.class).run("--spring.main.web-application-type=none",
				"--spring.main.banner-mode=off", "--turso.api-token=" + turso.token(), "--turso.organization=acme",
				"--turso.base-url=" + turso.baseUrl(), "--turso.audit-logs.follow.poll-interval=100ms",
				"--turso.audit-logs.follow.backoff.delay=50ms", "--turso.audit-logs.follow.backoff.max-delay=500ms",
				"--turso.audit-logs.follow.handler-timeout=10s", "--positions=" + this.positions,
				"--spring.kafka.bootstrap-servers=" + brokers, "--turso.audit-logs.delivery.kafka.topic=audit-log",
				"--spring.kafka.producer.properties.max.block.ms=2000",
				"--spring.kafka.properties.security.protocol=SASL_PLAINTEXT",
				"--spring.kafka.properties.sasl.mechanism=PLAIN",
				"--spring.kafka.properties.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule"
						+ " required;",
				"--spring.kafka.properties.sasl.client.callback.handler.class=" + Credentials.class.getName());
	}

	/**
	 * The broker's credentials, or others: as if the broker did not know them yet.
	 */
	public static final class Credentials implements AuthenticateCallbackHandler {

		@Override
		public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
		}

		@Override
		public void handle(Callback[] callbacks) {
			for (Callback callback : callbacks) {
				if (callback instanceof NameCallback name) {
					name.setName("plain-admin");
				}
				if (callback instanceof PasswordCallback password) {
					password.setPassword((refused ? "wrong" : "plain-admin-secret").toCharArray());
				}
			}
		}

		@Override
		public void close() {
		}

	}

}
