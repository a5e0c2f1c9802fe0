package io.github.tursospring.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.tursospring.auditlog.internal.delivery.OtlpReceiver;
import io.github.tursospring.auditlog.internal.delivery.OtlpReceiver.Answer;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.test.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills an application after the receiver has a page and before its position is saved.
 */
@Tag("slow")
class OtlpCrashTests {

	private static final int KILLS = 4;

	private static final int PAGE_SIZE = 50;

	@Test
	void killedApplicationShouldLoseNothingAndRepeatOnePageAKill(@TempDir Path positions) throws Exception {
		try (MockTursoServer turso = MockTursoServer.start(); OtlpReceiver receiver = OtlpReceiver.start()) {
			turso.log().addNumbered(1000);
			for (int kill = 1; kill <= KILLS; kill++) {
				receiver.enqueue(Answer.success(), Answer.success(), Answer.acceptAndHang());
				int requests = receiver.requests() + 3;
				try (ChildJvm application = start(turso, receiver, positions)) {
					Awaitility.await()
						.atMost(Duration.ofMinutes(2))
						.until(() -> receiver.accepted().size() >= requests);
					application.kill();
				}
			}
			try (ChildJvm application = start(turso, receiver, positions)) {
				Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> messages(receiver).contains("1000"));
			}
			List<String> messages = messages(receiver);
			assertThat(messages.stream().distinct())
				.isEqualTo(IntStream.rangeClosed(1, 1000).mapToObj(String::valueOf).toList());
			assertThat(messages).hasSizeBetween(1000 + KILLS, 1000 + KILLS * PAGE_SIZE);
			System.out.println("OTLP crash test: " + KILLS + " kills, 1000 entries, 0 lost, " + (messages.size() - 1000)
					+ " repeated");
		}
	}

	private static ChildJvm start(MockTursoServer turso, OtlpReceiver receiver, Path positions) {
		return ChildJvm.start(OtlpApplication.class, "--spring.main.web-application-type=none",
				"--spring.main.banner-mode=off", "--logging.level.root=error", "--turso.api-token=" + turso.token(),
				"--turso.organization=acme", "--turso.base-url=" + turso.baseUrl(),
				"--turso.audit-logs.page-size=" + PAGE_SIZE, "--turso.audit-logs.follow.file.directory=" + positions,
				"--turso.audit-logs.delivery.otlp.endpoint=" + receiver.endpoint(),
				"--turso.audit-logs.delivery.otlp.timeout=1m");
	}

	private static List<String> messages(OtlpReceiver receiver) {
		return receiver.records().stream().map((logRecord) -> logRecord.getBody().getStringValue()).toList();
	}

}
