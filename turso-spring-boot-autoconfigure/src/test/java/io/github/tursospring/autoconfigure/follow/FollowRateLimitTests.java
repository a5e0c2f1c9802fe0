package io.github.tursospring.autoconfigure.follow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.mock.MockResponse;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for followers of a server that limits the rate of requests.
 */
class FollowRateLimitTests {

	@ParameterizedTest
	@ValueSource(strings = { "3600", "99999999999", "9223372036854775807" })
	void followerShouldWaitNoLongerThanIsConfiguredWhateverTheServerAsks(String retryAfter) {
		List<String> handled = new CopyOnWriteArrayList<>();
		AuditLogHandler handler = (organization, page) -> Mono
			.fromRunnable(() -> page.auditLogs().forEach((entry) -> handled.add(String.valueOf(entry.message()))));
		try (MockTursoServer server = MockTursoServer.start()) {
			server.log().addNumbered(1);
			MockResponse limited = MockResponse.error(429, "slow down", null).header("Retry-After", retryAfter);
			server.enqueue(limited, limited);
			FollowingApplication.of(server, handler)
				.withPropertyValues("turso.retry.max-retry-after=100ms", "turso.audit-logs.follow.backoff.delay=50ms",
						"turso.audit-logs.follow.backoff.max-delay=100ms")
				.run((context) -> Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.untilAsserted(() -> assertThat(handled).hasSize(1)));
		}
	}

}
