package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import io.github.tursospring.test.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a request can be cancelled at any moment without a leaked buffer, an error
 * in the log or a connection that answers another request. Reactor Netty can leak a
 * buffer of its own that it receives while it is cancelled, before anything else sees it:
 * once in some thousand cancellations on a busy machine.
 */
class CancellationTests {

	private static final String ROWS = "{\"message\": \"%s\"},".repeat(300);

	private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

	@BeforeEach
	void detectLeaks() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
	}

	@AfterEach
	void reset() {
		ResourceLeakDetector.setLevel(this.level);
	}

	@Test
	void cancelAtAnyMomentShouldLeakAndLogNothing() {
		AtomicInteger completed = new AtomicInteger();
		ConnectionProvider connections = ConnectionProvider.builder("cancelled")
			.maxConnections(16)
			.pendingAcquireMaxCount(-1)
			.build();
		try (CapturedLogs logs = CapturedLogs.of("ERROR", "io.netty.util.ResourceLeakDetector", "reactor", "io.netty",
				"io.github.tursospring"); ScriptedServer server = new ScriptedServer(CancellationTests::answer)) {
			AuditLogEndpoint endpoint = TursoServer.endpoint(server.baseUrl(), HttpClient.create(connections),
					TursoServer.retries(50));
			Random random = new Random(7);
			StepVerifier.create(Signals.await(Flux.range(0, 1500)
				.map((i) -> Duration.ofNanos(random.nextInt(200_000_000)))
				.flatMap((delay) -> endpoint.of("org-" + delay.toNanos()).fetch(1, 1000).doOnNext((page) -> {
					assertThat(page.rows().get(0).message()).isEqualTo("org-" + delay.toNanos());
					completed.incrementAndGet();
				}).then().takeUntilOther(Mono.delay(delay)), 16), TursoServer.PATIENCE.multipliedBy(4)))
				.expectComplete()
				.verify(TursoServer.PATIENCE);
			System.out.println(completed + " of 1500 requests completed before they were cancelled");
			collectGarbage();
			connections.disposeLater().block(TursoServer.PATIENCE);
			List<String> leaks = logs.lines().stream().filter((line) -> line.contains("LEAK")).toList();
			System.out.println(leaks.size() + " buffers leaked within Reactor Netty");
			assertThat(leaks).noneMatch((line) -> line.contains("org.springframework") || line.contains("tursospring"));
			assertThat(logs.lines()).isEqualTo(leaks);
		}
	}

	static boolean answer(ScriptedServer.Exchange exchange) throws java.io.IOException {
		String organization = exchange.target()
			.substring("/v1/organizations/".length(), exchange.target().lastIndexOf("/"));
		String body = "{\"audit_logs\": [" + ROWS.replace("%s", organization) + "{}]}";
		String response = ScriptedServer.ok(body);
		if (exchange.number() % 3 == 0) {
			int cut = exchange.number() % response.length();
			exchange.write(response.substring(0, cut));
			if (exchange.awaitRequest(Duration.ofMillis(1))) {
				return false;
			}
			exchange.write(response.substring(cut));
			return true;
		}
		exchange.write(response);
		return exchange.number() % 7 != 0;
	}

	/** Leaks are reported when buffers are allocated after a collection. */
	private static void collectGarbage() {
		for (int i = 0; i < 3; i++) {
			System.gc();
			for (int j = 0; j < 200; j++) {
				io.netty.buffer.PooledByteBufAllocator.DEFAULT.buffer(16).release();
			}
		}
	}

}
