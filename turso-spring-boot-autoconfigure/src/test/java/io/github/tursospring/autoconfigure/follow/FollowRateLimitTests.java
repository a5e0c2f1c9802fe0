package io.github.tursospring.autoconfigure.follow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for followers of a server that limits the rate of requests.
 */
class FollowRateLimitTests {

	@ParameterizedTest
	@ValueSource(strings = { "3600", "99999999999", "9223372036854775807" })
	void followerShouldWaitNoLongerThanIsConfiguredWhateverTheServerAsks(String retryAfter) {
		AtomicInteger requests = new AtomicInteger();
		List<String> handled = new CopyOnWriteArrayList<>();
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> (requests.incrementAndGet() <= 2)
					? response.status(429).header("Retry-After", retryAfter).send()
					: response.header("Content-Type", "application/json").sendString(Mono.just("""
							{"audit_logs":[{"code":"db-create","message":"first","created_at":"2026-01-01T00:00:01Z"}],
							"pagination":{"page":1,"total_rows":1}}""")).then())
			.bindNow();
		AuditLogHandler handler = (organization, page) -> Mono
			.fromRunnable(() -> page.auditLogs().forEach((entry) -> handled.add(String.valueOf(entry.message()))));
		try {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
						CheckpointStoreAutoConfiguration.class, TursoAutoConfiguration.class,
						WebClientAutoConfiguration.class, HttpClientAutoConfiguration.class,
						ReactiveHttpClientAutoConfiguration.class))
				.withBean("archive", AuditLogHandler.class, () -> handler)
				.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme",
						"turso.base-url=http://127.0.0.1:" + server.port(), "turso.retry.max-retry-after=100ms",
						"turso.audit-logs.follow.backoff.delay=50ms", "turso.audit-logs.follow.backoff.max-delay=100ms")
				.run((context) -> Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.untilAsserted(() -> assertThat(handled).containsExactly("first")));
		}
		finally {
			server.disposeNow();
		}
	}

}
