package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import io.github.tursospring.test.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for many readers of one client at a server that limits the rate of requests, over
 * real connections.
 */
@Tag("slow")
class RateLimitedServerTests {

	private static final int READERS = 200;

	private static final int LIMIT = 100;

	private static final String LIMITED = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";

	private final Deque<Long> lastSecond = new ArrayDeque<>();

	@Test
	void fetchWhenRateIsLimitedShouldSendFewRequestsInVain() {
		AtomicInteger refused = new AtomicInteger();
		ConnectionProvider connections = ConnectionProvider.create("readers", READERS);
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			boolean allowed = allow();
			if (!allowed) {
				refused.incrementAndGet();
			}
			exchange.write(allowed ? ScriptedServer.ok("{\"audit_logs\": []}") : LIMITED);
			return true;
		})) {
			RetryPolicy policy = new RetryPolicy(50, Duration.ofMillis(200), 2, Duration.ofSeconds(10),
					Duration.ofSeconds(60));
			AuditLogEndpoint endpoint = TursoServer.endpoint(server.baseUrl(), HttpClient.create(connections), policy);
			StepVerifier
				.create(Signals.await(Flux.range(0, READERS)
					.flatMap((reader) -> endpoint.of("acme").fetch(1, 100).repeat(2), READERS)
					.count(), TursoServer.PATIENCE.multipliedBy(4)))
				.expectNext(3L * READERS)
				.expectComplete()
				.verify(TursoServer.PATIENCE);
			System.out.println(server.requests() + " requests for " + 3 * READERS + " pages, " + refused + " refused");
			// The first burst is refused once; a client without pacing sends thousands
			assertThat(refused.get()).isLessThan(2 * READERS);
		}
		finally {
			connections.dispose();
		}
	}

	private synchronized boolean allow() {
		long now = System.nanoTime();
		while (!this.lastSecond.isEmpty() && now - this.lastSecond.peekFirst() > 1_000_000_000L) {
			this.lastSecond.removeFirst();
		}
		if (this.lastSecond.size() >= LIMIT) {
			return false;
		}
		this.lastSecond.addLast(now);
		return true;
	}

}
