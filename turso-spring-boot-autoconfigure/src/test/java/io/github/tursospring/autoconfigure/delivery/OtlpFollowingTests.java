package io.github.tursospring.autoconfigure.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.internal.delivery.OtlpReceiver;
import io.github.tursospring.auditlog.internal.delivery.OtlpReceiver.Answer;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.AuditLogFollowerAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.CheckpointStoreAutoConfiguration;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows a log into a receiver that answers in every way.
 */
@ExtendWith(OutputCaptureExtension.class)
class OtlpFollowingTests {

	/** The timeout is the default: a shorter one could expire on a busy machine. */
	@Test
	@Tag("slow")
	void everyEntryShouldArriveInOrderWhateverTheReceiverAnswers(@TempDir Path positions, CapturedOutput output)
			throws Exception {
		try (MockTursoServer turso = MockTursoServer.start(); OtlpReceiver receiver = OtlpReceiver.start()) {
			turso.log().addNumbered(450);
			receiver.enqueue(Answer.status(503), Answer.status(429, Map.of("Retry-After", "1"), new byte[0]),
					Answer.success(), Answer.hang(), Answer.status(400), Answer.partialSuccess(1, "too old"),
					Answer.status(502));
			runner(turso, receiver, positions).run((context) -> {
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> receiver.records().size() >= 450);
				assertThat(messages(receiver)).isEqualTo(numbers(1, 450));
				assertThat(receiver.requests()).isEqualTo(receiver.accepted().size() + 5);
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.untilAsserted(() -> assertThat(context.getBean(AuditLogFollowers.class).statuses()).singleElement()
						.satisfies((status) -> {
							assertThat(status.lastError()).isNull();
							assertThat(status.counts().handlerFailures()).isEqualTo(5);
							assertThat(status.counts().entries()).isEqualTo(450);
						}));
			});
			assertThat(output).contains("answered 503", "answered 429 (Retry-After: nothing is sent for 1 s)",
					"did not answer within 10000 ms", "answered 400", "has rejected 1 of", "answered 502");
			turso.log().add(MockEntry.numbered(451));
			runner(turso, receiver, positions).run((context) -> {
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> receiver.records().size() > 450);
				assertThat(messages(receiver)).as("after a restart, from the position on").isEqualTo(numbers(1, 451));
			});
		}
	}

	@Test
	void failingReceiverShouldBeSeenInTheStatus(@TempDir Path positions) throws Exception {
		try (MockTursoServer turso = MockTursoServer.start(); OtlpReceiver receiver = OtlpReceiver.start()) {
			turso.log().addNumbered(10);
			receiver.close();
			runner(turso, receiver, positions).run((context) -> Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(context.getBean(AuditLogFollowers.class).statuses()).singleElement()
					.satisfies((status) -> assertThat(status.lastError()).contains(receiver.endpoint().toString(),
							"did not answer"))));
		}
	}

	private static ApplicationContextRunner runner(MockTursoServer turso, OtlpReceiver receiver, Path positions) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
					CheckpointStoreAutoConfiguration.class, OtlpDeliveryAutoConfiguration.class,
					TursoAutoConfiguration.class, WebClientAutoConfiguration.class))
			.withPropertyValues("turso.api-token=" + turso.token(), "turso.organization=acme",
					"turso.base-url=" + turso.baseUrl(), "turso.audit-logs.follow.file.directory=" + positions,
					"turso.audit-logs.follow.backoff.delay=10ms", "turso.audit-logs.follow.poll-interval=100ms",
					"turso.audit-logs.delivery.otlp.endpoint=" + receiver.endpoint());
	}

	private static List<String> messages(OtlpReceiver receiver) {
		return receiver.records().stream().map((logRecord) -> logRecord.getBody().getStringValue()).toList();
	}

	private static List<String> numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
	}

}
