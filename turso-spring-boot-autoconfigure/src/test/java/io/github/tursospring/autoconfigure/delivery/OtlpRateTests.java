package io.github.tursospring.autoconfigure.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.internal.delivery.OtlpReceiver;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.AuditLogFollowerAutoConfiguration;
import io.github.tursospring.autoconfigure.follow.CheckpointStoreAutoConfiguration;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints how fast a backlog is delivered over OTLP, beside how fast it is read. Server,
 * application and receiver share this process.
 */
@Tag("measurement")
class OtlpRateTests {

	private static final int ENTRIES = Integer.getInteger("turso.test.entries", 5000);

	private static final int ROUNDS = 3;

	@Test
	void backlogShouldBeDeliveredWhole() throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(ENTRIES);
			long reading = 0;
			long delivery = 0;
			long ocsf = 0;
			for (int round = 0; round < ROUNDS; round++) {
				reading = Math.max(reading, read(turso));
				delivery = Math.max(delivery, deliver(turso, "native"));
				ocsf = Math.max(ocsf, deliver(turso, "ocsf"));
			}
			System.out.printf("Rate of OTLP, %,d entries: reading alone %,d/s, delivered %,d/s, as OCSF %,d/s%n",
					ENTRIES, reading, delivery, ocsf);
		}
	}

	private static long read(MockTursoServer turso) {
		AtomicLong count = new AtomicLong();
		return rate(runner(turso).withBean("reading", AuditLogHandler.class, () -> (organization, page) -> {
			count.addAndGet(page.auditLogs().size());
			return Mono.empty();
		}), count::get);
	}

	private static long deliver(MockTursoServer turso, String format) throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			long rate = rate(
					runner(turso).withPropertyValues("turso.audit-logs.delivery.otlp.endpoint=" + receiver.endpoint(),
							"turso.audit-logs.delivery.otlp.format=" + format),
					receiver::count);
			assertThat(receiver.ids().stream().distinct()).hasSize(ENTRIES);
			return rate;
		}
	}

	private static long rate(ApplicationContextRunner runner, LongSupplier count) {
		AtomicLong rate = new AtomicLong();
		runner.run((context) -> {
			long start = System.nanoTime();
			Awaitility.await()
				.atMost(Duration.ofMinutes(5))
				.pollInterval(Duration.ofMillis(20))
				.until(() -> count.getAsLong() >= ENTRIES);
			rate.set(ENTRIES * 1_000_000_000L / (System.nanoTime() - start));
		});
		return rate.get();
	}

	private static ApplicationContextRunner runner(MockTursoServer turso) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
					CheckpointStoreAutoConfiguration.class, OtlpDeliveryAutoConfiguration.class,
					TursoAutoConfiguration.class, WebClientAutoConfiguration.class))
			.withPropertyValues("turso.api-token=" + turso.token(), "turso.organization=acme",
					"turso.base-url=" + turso.baseUrl(), "turso.audit-logs.page-size=1000");
	}

}
