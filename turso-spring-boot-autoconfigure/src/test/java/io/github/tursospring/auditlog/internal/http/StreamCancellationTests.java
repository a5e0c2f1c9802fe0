package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.internal.DefaultAuditLogClient;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that many streams that are cancelled at random leave nothing behind: no buffer,
 * no connection in use, no request that waits for one, no thread, no error in the log. A
 * request can meet a connection that another one's cancellation is closing; it is
 * retried.
 */
@Tag("slow")
class StreamCancellationTests {

	private static final int STREAMS = 500;

	private static final int ROWS = 5_000;

	private static final int CONNECTIONS = 50;

	/**
	 * As the starter sets one. It ends a response that arrived just as its request was
	 * cancelled, and that nobody reads.
	 */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

	private final List<ConnectionPoolMetrics> pools = new CopyOnWriteArrayList<>();

	private final ConnectionProvider connections = ConnectionProvider.builder("streams")
		.maxConnections(CONNECTIONS)
		.pendingAcquireMaxCount(-1)
		.metrics(true, () -> (pool, id, address, metrics) -> this.pools.add(metrics))
		.build();

	private final LoopResources loops = LoopResources.create("streams", 2, true);

	private final MockTursoServer server = MockTursoServer.builder()
		.token(TursoServer.TOKEN)
		.latency(Duration.ofMillis(5))
		.organization("acme", (log) -> log.addNumbered(ROWS))
		.start();

	private final AuditLogClient client = new DefaultAuditLogClient(
			TursoServer.endpoint(this.server.baseUrl().toString(),
					HttpClient.create(this.connections).runOn(this.loops).responseTimeout(READ_TIMEOUT),
					TursoServer.retries(50)),
			"acme", 100, 4, new FollowSettings(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60)));

	@BeforeEach
	void detectLeaks() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
	}

	@AfterEach
	void close() {
		ResourceLeakDetector.setLevel(this.level);
		this.connections.disposeLater().block(TursoServer.PATIENCE);
		this.loops.disposeLater().block(TursoServer.PATIENCE);
		this.server.close();
	}

	@Test
	void cancelManyStreamsAtRandomShouldLeaveNothingBehind() {
		try (CapturedLogs logs = CapturedLogs.of("ERROR", "io.netty.util.ResourceLeakDetector", "reactor", "io.netty",
				"io.github.tursospring")) {
			StepVerifier.create(Flux.range(0, 20).flatMap((i) -> this.client.streamAll()).then())
				.expectComplete()
				.verify(TursoServer.PATIENCE);
			Set<Long> before = threads();
			Random random = new Random(3);
			AtomicInteger cancelled = new AtomicInteger();
			AtomicInteger emitted = new AtomicInteger();
			StepVerifier.create(Flux.range(0, STREAMS).flatMap((i) -> stream(random, cancelled, emitted), STREAMS))
				.expectComplete()
				.verify(TursoServer.PATIENCE.multipliedBy(4));
			System.out.println(cancelled + " of " + STREAMS + " streams were cancelled, after " + emitted + " entries");
			assertThat(cancelled).hasPositiveValue();
			await().atMost(TursoServer.PATIENCE)
				.untilAsserted(() -> assertThat(List.of(sum(ConnectionPoolMetrics::acquiredSize),
						sum(ConnectionPoolMetrics::pendingAcquireSize)))
					.as("connections in use, requests that wait for one")
					.containsExactly(0, 0));
			assertThat(sum(ConnectionPoolMetrics::allocatedSize)).isLessThanOrEqualTo(CONNECTIONS);
			assertWholeLog();
			assertThat(threads()).isSubsetOf(before);
			this.connections.disposeLater().block(TursoServer.PATIENCE);
			collectGarbage();
			assertThat(logs.lines()).filteredOn((line) -> !isLeakOfReactorNetty(line)).isEmpty();
		}
	}

	/**
	 * A stream that is cancelled after some time, whatever happens then, or within a
	 * page.
	 */
	private Mono<Void> stream(Random random, AtomicInteger cancelled, AtomicInteger emitted) {
		List<String> messages = new ArrayList<>();
		Duration time = Duration.ofMillis(random.nextInt(4_000));
		int count = random.nextBoolean() ? 1 + random.nextInt(ROWS / 4) : Integer.MAX_VALUE;
		return this.client.streamAll()
			.doOnCancel(cancelled::incrementAndGet)
			.map(StreamCancellationTests::message)
			.doOnNext(messages::add)
			.takeUntil((message) -> messages.size() >= count)
			.takeUntilOther(Mono.delay(time))
			.then()
			.doOnSuccess((done) -> {
				assertThat(messages).isEqualTo(newestFirst(messages.size()));
				emitted.addAndGet(messages.size());
			});
	}

	private void assertWholeLog() {
		StepVerifier.create(this.client.streamAll().map(StreamCancellationTests::message).collectList())
			.expectNext(newestFirst(ROWS))
			.expectComplete()
			.verify(TursoServer.PATIENCE);
	}

	private static String message(AuditLog entry) {
		return String.valueOf(entry.message());
	}

	private static List<String> newestFirst(int count) {
		List<String> messages = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			messages.add(String.valueOf(ROWS - i));
		}
		return messages;
	}

	private int sum(ToIntFunction<ConnectionPoolMetrics> size) {
		return this.pools.stream().mapToInt(size).sum();
	}

	/** Threads other than those of the JVM, which come and go. */
	private static Set<Long> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getThreadGroup() != null && !"system".equals(thread.getThreadGroup().getName()))
			.map(Thread::getId)
			.collect(Collectors.toSet());
	}

	/** As {@link CancellationTests} explains. */
	private static boolean isLeakOfReactorNetty(String line) {
		return line.contains("LEAK") && !line.contains("org.springframework") && !line.contains("tursospring");
	}

	/** Leaks are reported when buffers are allocated after a collection. */
	private static void collectGarbage() {
		for (int i = 0; i < 3; i++) {
			System.gc();
			for (int j = 0; j < 200; j++) {
				PooledByteBufAllocator.DEFAULT.buffer(16).release();
			}
		}
	}

}
