package io.github.tursospring.auditlog.internal.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.InvalidPageTokenException;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;
import io.github.tursospring.auditlog.internal.http.Backoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ManagedFollowers}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ManagedFollowersTests {

	private static final CheckpointKey KEY = new CheckpointKey("archive", "acme");

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final InMemoryAuditLogCheckpointStore store = new InMemoryAuditLogCheckpointStore();

	private final AuditLogClient client = mock(AuditLogClient.class);

	private final List<String> handled = new CopyOnWriteArrayList<>();

	private final List<AuditLogQuery> queries = new CopyOnWriteArrayList<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.tursospring.auditlog.follow");

	private ManagedFollowers follower;

	@AfterEach
	void stop() {
		this.logger.setLevel(null);
		if (this.follower != null) {
			this.follower.stop();
			this.follower.destroy();
		}
	}

	@Test
	void followShouldHandlePagesInOrderAndSavePositions() {
		follow(page(1), page(2), page(3));
		start(this::handle);
		await(() -> assertThat(stored()).isEqualTo("token-3"));
		assertThat(this.handled).containsExactly("1", "2", "3");
	}

	@Test
	void startWhenPositionIsStoredShouldResumeAfterIt() {
		this.store.save(KEY, null, "token-0").block(Duration.ofSeconds(30));
		follow(page(1));
		start(this::handle);
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		assertThat(this.queries.get(0).pageToken()).isEqualTo("token-0");
	}

	@Test
	void handleWhenPageFailsShouldKeepPositionUntilItSucceeds() {
		AtomicInteger attempts = new AtomicInteger();
		AtomicBoolean poisoned = new AtomicBoolean(true);
		follow(page(1), page(2), page(3));
		start((organization, page) -> {
			if (message(page).equals("2") && poisoned.get()) {
				attempts.incrementAndGet();
				return Mono.error(new IllegalStateException("cannot digest this"));
			}
			return handle("acme", page);
		});
		await(() -> assertThat(attempts).hasValueGreaterThan(4));
		assertThat(this.handled).containsExactly("1");
		assertThat(stored()).isEqualTo("token-1");
		assertThat(status("acme").lastError()).contains("cannot digest this");
		assertThat(status("acme").lag()).isPositive();
		poisoned.set(false);
		await(() -> assertThat(stored()).isEqualTo("token-3"));
		assertThat(this.handled).containsExactly("1", "2", "3");
		assertThat(status("acme").lastError()).isNull();
	}

	@Test
	void handleWhenHandlerThrowsShouldRetry() {
		AtomicInteger attempts = new AtomicInteger();
		follow(page(1));
		start((organization, page) -> {
			if (attempts.incrementAndGet() < 3) {
				throw new IllegalArgumentException("thrown");
			}
			return handle("acme", page);
		});
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		assertThat(attempts).hasValue(3);
	}

	@Test
	void saveWhenFailingShouldNotCallHandlerAgain() {
		AtomicInteger saves = new AtomicInteger();
		AuditLogCheckpointStore failing = new AuditLogCheckpointStore() {

			@Override
			public Mono<String> load(CheckpointKey key) {
				return ManagedFollowersTests.this.store.load(key);
			}

			@Override
			public Mono<Boolean> save(CheckpointKey key, String previous, String position) {
				return (saves.incrementAndGet() < 4) ? Mono.error(new IllegalStateException("no database"))
						: ManagedFollowersTests.this.store.save(key, previous, position);
			}

		};
		follow(page(1));
		this.follower = followers(List.of("acme"), this::handle, failing, FollowerLock.NONE);
		this.follower.start();
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		assertThat(this.handled).containsExactly("1");
	}

	/** As a context does that is stopped, within a time limit, and started again. */
	@Test
	void startWhileAPageIsInHandFromBeforeShouldFollowOnceItIsHandled() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch called = new CountDownLatch(1);
		follow(page(1), page(2));
		start((organization, page) -> {
			called.countDown();
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return handle(organization, page);
		});
		assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
		this.follower.stop();
		if (!this.follower.isRunning()) {
			this.follower.start();
		}
		release.countDown();
		await(() -> assertThat(stored()).isEqualTo("token-2"));
		assertThat(this.follower.isRunning()).isTrue();
		assertThat(this.handled.get(0)).isEqualTo("1");
	}

	@Test
	void emptyPageShouldAdvancePositionWithoutHandler() {
		follow(new AuditLogPage(List.of(), "token-empty", false, null));
		start(this::handle);
		await(() -> assertThat(stored()).isEqualTo("token-empty"));
		assertThat(this.handled).isEmpty();
	}

	@Test
	void followWhenOvertakenShouldResumeAtStoredPosition() {
		Sinks.Many<AuditLogPage> first = Sinks.many().unicast().onBackpressureBuffer();
		given(this.client.follow(any(AuditLogQuery.class))).willAnswer((invocation) -> {
			this.queries.add(invocation.getArgument(0));
			return (this.queries.size() == 1) ? first.asFlux() : Flux.concat(Flux.just(page(9)), Flux.never());
		});
		start(this::handle);
		first.tryEmitNext(page(1));
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		this.store.save(KEY, "token-1", "token-of-another").block(Duration.ofSeconds(30));
		first.tryEmitNext(page(2));
		await(() -> assertThat(stored()).isEqualTo("token-9"));
		assertThat(this.queries.get(1).pageToken()).isEqualTo("token-of-another");
	}

	@Test
	void stopShouldFinishPageInHand() throws InterruptedException {
		Sinks.Empty<Void> work = Sinks.empty();
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch stopped = new CountDownLatch(1);
		follow(page(1), page(2));
		start((organization, page) -> {
			begun.countDown();
			return work.asMono().then(handle("acme", page));
		});
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		this.follower.stop(stopped::countDown);
		assertThat(stopped.getCount()).isEqualTo(1);
		work.tryEmitEmpty();
		assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.handled).containsExactly("1");
		assertThat(stored()).isEqualTo("token-1");
		assertThat(this.follower.isRunning()).isFalse();
	}

	@Test
	void stopWhenPageFailsShouldNotWait(CapturedOutput output) throws InterruptedException {
		this.logger.setLevel(Level.INFO);
		CountDownLatch begun = new CountDownLatch(2);
		CountDownLatch stopped = new CountDownLatch(1);
		follow(page(1));
		start((organization, page) -> {
			begun.countDown();
			return Mono.error(new IllegalStateException("poison"));
		});
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		this.follower.stop(stopped::countDown);
		assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(stored()).isNull();
		assertThat(output).containsPattern(
				"INFO .* has stopped before its first entry; the page in hand was not finished and will be delivered again")
			.doesNotContain("cannot follow");
	}

	@Test
	void handleWhenPageFailsAgainShouldNotLogStackTraceAgain(CapturedOutput output) {
		AtomicInteger attempts = new AtomicInteger();
		follow(page(1));
		start((organization, page) -> {
			attempts.incrementAndGet();
			return Mono.error(new IllegalStateException("not digested", new IllegalArgumentException("too salty")));
		});
		await(() -> assertThat(attempts).hasValueGreaterThan(3));
		assertThat(output).containsOnlyOnce("Caused by: java.lang.IllegalArgumentException: too salty");
		assertThat(output.toString().split("until it succeeds: not digested", -1)).hasSizeGreaterThan(3);
		assertThat(status("acme").lastError()).isEqualTo("not digested (root cause: too salty)");
	}

	@Test
	void followWhenFailureIsPermanentShouldShowItAndRetry(CapturedOutput output) {
		this.logger.setLevel(Level.INFO);
		AtomicInteger subscriptions = new AtomicInteger();
		AtomicBoolean failing = new AtomicBoolean(true);
		given(this.client.follow(any(AuditLogQuery.class))).willReturn(Flux.defer(() -> {
			subscriptions.incrementAndGet();
			return failing.get() ? Flux.error(new IllegalStateException("401"))
					: Flux.concat(Flux.just(page(1)), Flux.never());
		}));
		start(this::handle);
		await(() -> assertThat(subscriptions).hasValueGreaterThan(4));
		assertThat(status("acme").state()).isEqualTo(State.FAILING);
		assertThat(status("acme").failingSince()).isNotNull();
		assertThat(status("acme").lastError()).isEqualTo("401");
		failing.set(false);
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		await(() -> assertThat(status("acme").state()).isEqualTo(State.FOLLOWING));
		assertThat(output).containsOnlyOnce("starts at the oldest entry")
			.containsOnlyOnce("cannot follow; retrying in ")
			.containsOnlyOnce("has recovered after");
	}

	@Test
	void followWhenPositionIsRefusedShouldSayWhereItIsAndWhatToDo(CapturedOutput output) {
		given(this.client.follow(any(AuditLogQuery.class)))
			.willReturn(Flux.error(new InvalidPageTokenException("The page token is incomplete or altered")));
		start(this::handle);
		await(() -> assertThat(output).containsPattern("ERROR .*'archive'.*The page token is incomplete or altered"
				+ "\\. Its position is in memory\\..* replay .*/actuator/auditlogfollowers/archive"));
	}

	@Test
	void followWhenAttemptFailsShouldLeadUntilAnotherInstanceDoes() {
		AtomicBoolean held = new AtomicBoolean();
		AtomicInteger denied = new AtomicInteger();
		Set<Boolean> leadingWhenTakenUpAgain = ConcurrentHashMap.newKeySet();
		given(this.client.follow(any(AuditLogQuery.class))).willReturn(Flux.error(new IllegalStateException("401")));
		FollowerLock lock = (key) -> Mono.defer(() -> {
			if (status("acme").lastError() != null && denied.get() == 0) {
				leadingWhenTakenUpAgain.add(status("acme").leading());
			}
			if (held.get()) {
				denied.incrementAndGet();
				return Mono.empty();
			}
			return FollowerLock.NONE.acquire(key);
		});
		this.follower = followers(List.of("acme"), this::handle, this.store, lock);
		this.follower.start();
		await(() -> assertThat(leadingWhenTakenUpAgain).containsExactly(true));
		held.set(true);
		await(() -> assertThat(denied).hasValueGreaterThan(1));
		assertThat(leadingWhenTakenUpAgain).containsExactly(true);
		assertThat(status("acme").leading()).isFalse();
	}

	@Test
	void stopShouldEndLeading() throws InterruptedException {
		given(this.client.follow(any(AuditLogQuery.class))).willReturn(Flux.error(new IllegalStateException("401")));
		start(this::handle);
		await(() -> assertThat(status("acme").leading()).isTrue());
		CountDownLatch stopped = new CountDownLatch(1);
		this.follower.stop(stopped::countDown);
		assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(status("acme").leading()).isFalse();
	}

	@Test
	void followShouldRequireLock() {
		AtomicBoolean held = new AtomicBoolean(true);
		follow(page(1));
		FollowerLock lock = (key) -> held.get() ? Mono.empty() : FollowerLock.NONE.acquire(key);
		this.follower = followers(List.of("acme"), this::handle, this.store, lock);
		this.follower.start();
		Awaitility.await().during(Duration.ofMillis(200)).until(this.handled::isEmpty);
		assertThat(status("acme").leading()).isFalse();
		held.set(false);
		await(() -> assertThat(this.handled).containsExactly("1"));
		assertThat(status("acme").leading()).isTrue();
	}

	@Test
	void lockWhenLostShouldEndAttempt() {
		Sinks.Empty<Void> lost = Sinks.empty();
		AtomicInteger terms = new AtomicInteger();
		follow(page(1));
		FollowerLock lock = (key) -> (terms.incrementAndGet() > 1) ? Mono.empty() : Mono.just(new FollowerLock.Lease() {
			@Override
			public Mono<Void> keep() {
				return lost.asMono();
			}
		});
		this.follower = followers(List.of("acme"), this::handle, this.store, lock);
		this.follower.start();
		await(() -> assertThat(this.handled).containsExactly("1"));
		lost.tryEmitError(new IllegalStateException("lost the lock"));
		await(() -> assertThat(terms).hasValueGreaterThan(2));
		assertThat(status("acme").leading()).isFalse();
		assertThat(status("acme").state()).isEqualTo(State.STANDBY);
	}

	@Test
	void followShouldHandleOrganizationsIndependently() {
		given(this.client.follow(any(AuditLogQuery.class))).willAnswer((invocation) -> {
			AuditLogQuery query = invocation.getArgument(0);
			return "bad".equals(query.organization()) ? Flux.error(new IllegalStateException("404"))
					: Flux.concat(Flux.just(page(1)), Flux.never());
		});
		List<String> organizations = new ArrayList<>(List.of("bad", "acme"));
		this.follower = followers(organizations, this::handle, this.store, FollowerLock.NONE);
		this.follower.start();
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		assertThat(this.follower.statuses()).extracting((status) -> status.key().organization())
			.containsOnly("bad", "acme");
		await(() -> assertThat(status("bad").lastError()).contains("404"));
	}

	@Test
	void followShouldHandleAnyNumberOfOrganizations() {
		List<String> organizations = IntStream.range(0, 300).mapToObj((number) -> "org-" + number).toList();
		follow();
		this.follower = followers(organizations, this::handle, this.store, FollowerLock.NONE);
		this.follower.start();
		await(() -> assertThat(this.queries).extracting(AuditLogQuery::organization)
			.containsExactlyInAnyOrderElementsOf(organizations));
	}

	private void start(AuditLogHandler handler) {
		this.follower = followers(List.of("acme"), handler, this.store, FollowerLock.NONE);
		this.follower.start();
	}

	private void follow(AuditLogPage... pages) {
		given(this.client.follow(any(AuditLogQuery.class))).willAnswer((invocation) -> {
			this.queries.add(invocation.getArgument(0));
			return Flux.concat(Flux.just(pages), Flux.never());
		});
	}

	private Mono<Void> handle(String organization, AuditLogPage page) {
		return Mono.fromRunnable(() -> this.handled.add(message(page)));
	}

	private ManagedFollowers followers(List<String> organizations, AuditLogHandler handler,
			AuditLogCheckpointStore checkpoints, FollowerLock lock) {
		FollowerSettings settings = new FollowerSettings(organizations, null,
				new FollowSettings(POLL_INTERVAL, Duration.ZERO, Duration.ofSeconds(1)),
				new Backoff(Duration.ofMillis(10), 2, Duration.ofMillis(40)), Duration.ofSeconds(30), false);
		return new ManagedFollowers(
				List.of(new Follower("archive", AuditLogQuery.all(), settings,
						new HandlerDelivery(handler, checkpoints, settings.handlerTimeout()))),
				new FollowerEnvironment(this.client, checkpoints, lock, Clock.systemUTC()));
	}

	private FollowerStatus status(String organization) {
		return this.follower.statuses()
			.stream()
			.filter((status) -> status.key().organization().equals(organization))
			.findFirst()
			.orElseThrow();
	}

	private String stored() {
		return this.store.load(KEY).block(Duration.ofSeconds(30));
	}

	private static String message(AuditLogPage page) {
		return String.valueOf(page.auditLogs().get(0).message());
	}

	private static AuditLogPage page(int number) {
		AuditLog entry = AuditLog.builder().message("" + number).createdAt(Instant.ofEpochSecond(number)).build();
		return new AuditLogPage(List.of(entry), "token-" + number, true, null);
	}

	private static void await(org.awaitility.core.ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(assertion);
	}

}
