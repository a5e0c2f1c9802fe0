package io.github.tursospring.auditlog.follow;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AuditLogFollower}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AuditLogFollowerTests {

	private static final FollowerSettings SETTINGS = new FollowerSettings(null, Duration.ofMillis(10), 2,
			Duration.ofMillis(40));

	private final InMemoryAuditLogCheckpointStore store = new InMemoryAuditLogCheckpointStore();

	private final AuditLogClient client = mock(AuditLogClient.class);

	private final List<String> handled = new CopyOnWriteArrayList<>();

	private final List<AuditLogQuery> queries = new CopyOnWriteArrayList<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(OrganizationFollower.class);

	private AuditLogFollower follower;

	@AfterEach
	void stop() {
		this.logger.setLevel(null);
		if (this.follower != null) {
			this.follower.stop();
			this.follower.destroy();
		}
	}

	@Test
	void pagesAreHandledOneAtATimeAndTheirPositionsSaved() {
		follow(page(1), page(2), page(3));
		start(this::handle);
		await(() -> assertThat(stored()).isEqualTo("token-3"));
		assertThat(this.handled).containsExactly("1", "2", "3");
	}

	@Test
	void followGoesOnFromThePositionThatIsStored() {
		this.store.save("acme", null, "token-0").block(Duration.ofSeconds(5));
		follow(page(1));
		start(this::handle);
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		assertThat(this.queries.get(0).pageToken()).isEqualTo("token-0");
	}

	@Test
	void poisonPageHoldsThePositionUntilItIsHandled() {
		AtomicInteger attempts = new AtomicInteger();
		AtomicBoolean poisoned = new AtomicBoolean(true);
		follow(page(1), page(2), page(3));
		start((page) -> {
			if (message(page).equals("2") && poisoned.get()) {
				attempts.incrementAndGet();
				return Mono.error(new IllegalStateException("cannot digest this"));
			}
			return handle(page);
		});
		await(() -> assertThat(attempts).hasValueGreaterThan(4));
		assertThat(this.handled).containsExactly("1");
		assertThat(stored()).isEqualTo("token-1");
		assertThat(this.follower.status().get("acme").lastError()).contains("cannot digest this");
		assertThat(this.follower.status().get("acme").lag()).isPositive();
		poisoned.set(false);
		await(() -> assertThat(stored()).isEqualTo("token-3"));
		assertThat(this.handled).containsExactly("1", "2", "3");
		assertThat(this.follower.status().get("acme").lastError()).isNull();
	}

	@Test
	void handlerThatThrowsIsRetriedToo() {
		AtomicInteger attempts = new AtomicInteger();
		follow(page(1));
		start((page) -> {
			if (attempts.incrementAndGet() < 3) {
				throw new IllegalArgumentException("thrown");
			}
			return handle(page);
		});
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		assertThat(attempts).hasValue(3);
	}

	@Test
	void handlerIsNotCalledAgainWhereOnlySavingFails() {
		AtomicInteger saves = new AtomicInteger();
		AuditLogCheckpointStore failing = new AuditLogCheckpointStore() {

			@Override
			public Mono<String> load(String organization) {
				return AuditLogFollowerTests.this.store.load(organization);
			}

			@Override
			public Mono<Boolean> save(String organization, String previousToken, String token) {
				return (saves.incrementAndGet() < 4) ? Mono.error(new IllegalStateException("no database"))
						: AuditLogFollowerTests.this.store.save(organization, previousToken, token);
			}

		};
		follow(page(1));
		this.follower = new AuditLogFollower(List.of("acme"), this.client, failing,
				new HandlerDelivery(this::handle, failing), FollowerLock.ALONE, SETTINGS);
		this.follower.start();
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		assertThat(this.handled).containsExactly("1");
	}

	@Test
	void emptyPageMovesThePositionWithoutTheHandler() {
		follow(new AuditLogPage(List.of(), "token-empty", false, null));
		start(this::handle);
		await(() -> assertThat(stored()).isEqualTo("token-empty"));
		assertThat(this.handled).isEmpty();
	}

	@Test
	void followerThatIsOvertakenGoesOnFromWhereTheOtherOneIs() {
		Sinks.Many<AuditLogPage> first = Sinks.many().unicast().onBackpressureBuffer();
		given(this.client.follow(any(AuditLogQuery.class))).willAnswer((invocation) -> {
			this.queries.add(invocation.getArgument(0));
			return (this.queries.size() == 1) ? first.asFlux() : Flux.concat(Flux.just(page(9)), Flux.never());
		});
		start(this::handle);
		first.tryEmitNext(page(1));
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		this.store.save("acme", "token-1", "token-of-another").block(Duration.ofSeconds(5));
		first.tryEmitNext(page(2));
		await(() -> assertThat(stored()).isEqualTo("token-9"));
		assertThat(this.queries.get(1).pageToken()).isEqualTo("token-of-another");
	}

	@Test
	void stoppingFinishesThePageInHand() throws InterruptedException {
		Sinks.Empty<Void> work = Sinks.empty();
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch stopped = new CountDownLatch(1);
		follow(page(1), page(2));
		start((page) -> {
			begun.countDown();
			return work.asMono().then(handle(page));
		});
		assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
		this.follower.stop(stopped::countDown);
		assertThat(stopped.getCount()).isEqualTo(1);
		work.tryEmitEmpty();
		assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(this.handled).containsExactly("1");
		assertThat(stored()).isEqualTo("token-1");
		assertThat(this.follower.isRunning()).isFalse();
	}

	@Test
	void stoppingDoesNotWaitForAPoisonPage(CapturedOutput output) throws InterruptedException {
		this.logger.setLevel(Level.INFO);
		CountDownLatch begun = new CountDownLatch(2);
		CountDownLatch stopped = new CountDownLatch(1);
		follow(page(1));
		start((page) -> {
			begun.countDown();
			return Mono.error(new IllegalStateException("poison"));
		});
		assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
		this.follower.stop(stopped::countDown);
		assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(stored()).isNull();
		assertThat(output)
			.containsPattern("INFO .* has stopped with a page not dealt with, which is delivered again: poison")
			.doesNotContain("is taken up again");
	}

	@Test
	void stackTraceIsLoggedAtThePagesFirstFailureOnly(CapturedOutput output) {
		AtomicInteger attempts = new AtomicInteger();
		follow(page(1));
		start((page) -> {
			attempts.incrementAndGet();
			return Mono.error(new IllegalStateException("not digested", new IllegalArgumentException("too salty")));
		});
		await(() -> assertThat(attempts).hasValueGreaterThan(3));
		assertThat(output).containsOnlyOnce("Caused by: java.lang.IllegalArgumentException: too salty");
		assertThat(output.toString().split("is delivered before it: not digested", -1)).hasSizeGreaterThan(3);
		assertThat(this.follower.status().get("acme").lastError()).isEqualTo("not digested (root cause: too salty)");
	}

	@Test
	void permanentFailureIsShownAndTakenUpAgain() {
		AtomicInteger subscriptions = new AtomicInteger();
		given(this.client.follow(any(AuditLogQuery.class)))
			.willReturn(Flux.defer(() -> (subscriptions.incrementAndGet() < 3)
					? Flux.error(new IllegalStateException("401")) : Flux.concat(Flux.just(page(1)), Flux.never())));
		start(this::handle);
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		assertThat(subscriptions).hasValue(3);
	}

	@Test
	void instanceWhoseTermHasFailedStillLeadsUntilAnotherOneDoes() {
		AtomicBoolean held = new AtomicBoolean();
		AtomicInteger denied = new AtomicInteger();
		Set<Boolean> leadingWhenTakenUpAgain = ConcurrentHashMap.newKeySet();
		given(this.client.follow(any(AuditLogQuery.class))).willReturn(Flux.error(new IllegalStateException("401")));
		FollowerLock lock = (organization) -> Mono.defer(() -> {
			AuditLogFollower current = this.follower;
			if (current.status().get(organization).lastError() != null && denied.get() == 0) {
				leadingWhenTakenUpAgain.add(current.status().get(organization).leading());
			}
			if (held.get()) {
				denied.incrementAndGet();
				return Mono.empty();
			}
			return FollowerLock.ALONE.acquire(organization);
		});
		this.follower = new AuditLogFollower(List.of("acme"), this.client, this.store,
				new HandlerDelivery(this::handle, this.store), lock, SETTINGS);
		this.follower.start();
		await(() -> assertThat(leadingWhenTakenUpAgain).containsExactly(true));
		held.set(true);
		await(() -> assertThat(denied).hasValueGreaterThan(1));
		assertThat(leadingWhenTakenUpAgain).containsExactly(true);
		assertThat(this.follower.status().get("acme").leading()).isFalse();
	}

	@Test
	void instanceThatHasStoppedDoesNotLead() throws InterruptedException {
		given(this.client.follow(any(AuditLogQuery.class))).willReturn(Flux.error(new IllegalStateException("401")));
		start(this::handle);
		await(() -> assertThat(this.follower.status().get("acme").leading()).isTrue());
		CountDownLatch stopped = new CountDownLatch(1);
		this.follower.stop(stopped::countDown);
		assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(this.follower.status().get("acme").leading()).isFalse();
	}

	@Test
	void onlyTheHolderOfTheLockFollows() {
		AtomicBoolean held = new AtomicBoolean(true);
		follow(page(1));
		FollowerLock lock = (organization) -> held.get() ? Mono.empty() : FollowerLock.ALONE.acquire(organization);
		this.follower = new AuditLogFollower(List.of("acme"), this.client, this.store,
				new HandlerDelivery(this::handle, this.store), lock, SETTINGS);
		this.follower.start();
		Awaitility.await().during(Duration.ofMillis(200)).until(this.handled::isEmpty);
		assertThat(this.follower.status().get("acme").leading()).isFalse();
		held.set(false);
		await(() -> assertThat(this.handled).containsExactly("1"));
		assertThat(this.follower.status().get("acme").leading()).isTrue();
	}

	@Test
	void losingTheLockEndsTheTerm() {
		Sinks.Empty<Void> lost = Sinks.empty();
		AtomicInteger terms = new AtomicInteger();
		follow(page(1));
		FollowerLock lock = (organization) -> (terms.incrementAndGet() > 1) ? Mono.empty()
				: Mono.just(new FollowerLock.Lease() {
					@Override
					public Mono<Void> keep() {
						return lost.asMono();
					}
				});
		this.follower = new AuditLogFollower(List.of("acme"), this.client, this.store,
				new HandlerDelivery(this::handle, this.store), lock, SETTINGS);
		this.follower.start();
		await(() -> assertThat(this.handled).containsExactly("1"));
		lost.tryEmitError(new IllegalStateException("lost the lock"));
		await(() -> assertThat(terms).hasValueGreaterThan(2));
		assertThat(this.follower.status().get("acme").leading()).isFalse();
		assertThat(this.follower.status().get("acme").lastError()).contains("lost the lock");
	}

	@Test
	void organizationsAreFollowedIndependently() {
		given(this.client.follow(any(AuditLogQuery.class))).willAnswer((invocation) -> {
			AuditLogQuery query = invocation.getArgument(0);
			return "bad".equals(query.organization()) ? Flux.error(new IllegalStateException("404"))
					: Flux.concat(Flux.just(page(1)), Flux.never());
		});
		List<String> organizations = new ArrayList<>(List.of("bad", "acme"));
		this.follower = new AuditLogFollower(organizations, this.client, this.store,
				new HandlerDelivery(this::handle, this.store), FollowerLock.ALONE, SETTINGS);
		this.follower.start();
		await(() -> assertThat(stored()).isEqualTo("token-1"));
		assertThat(this.follower.status()).containsOnlyKeys("bad", "acme");
		await(() -> assertThat(this.follower.status().get("bad").lastError()).contains("404"));
	}

	@Test
	void asManyOrganizationsAreFollowedAsThereAre() {
		List<String> organizations = IntStream.range(0, 300).mapToObj((number) -> "org-" + number).toList();
		follow();
		this.follower = new AuditLogFollower(organizations, this.client, this.store,
				new HandlerDelivery(this::handle, this.store), FollowerLock.ALONE, SETTINGS);
		this.follower.start();
		await(() -> assertThat(this.queries).extracting(AuditLogQuery::organization)
			.containsExactlyInAnyOrderElementsOf(organizations));
	}

	private void start(AuditLogHandler handler) {
		this.follower = new AuditLogFollower(List.of("acme"), this.client, this.store,
				new HandlerDelivery(handler, this.store), FollowerLock.ALONE, SETTINGS);
		this.follower.start();
	}

	private void follow(AuditLogPage... pages) {
		given(this.client.follow(any(AuditLogQuery.class))).willAnswer((invocation) -> {
			this.queries.add(invocation.getArgument(0));
			return Flux.concat(Flux.just(pages), Flux.never());
		});
	}

	private Mono<Void> handle(AuditLogPage page) {
		return Mono.fromRunnable(() -> this.handled.add(message(page)));
	}

	private String stored() {
		return this.store.load("acme").block(Duration.ofSeconds(5));
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
