package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;
import io.github.tursospring.auditlog.internal.follow.FollowerLock.Lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for followers whose checkpoint store or lock fails, hangs or returns stale
 * values.
 */
@ExtendWith(OutputCaptureExtension.class)
class FollowerStoreFailureTests {

	@RegisterExtension
	final FollowLogLevel level = new FollowLogLevel();

	private static final CheckpointKey KEY = Instance.KEY;

	private static final Duration TIMEOUT = Duration.ofMillis(100);

	private final FaultyStore store = new FaultyStore();

	private final StubLog log = new StubLog(3);

	private final List<Integer> handled = new CopyOnWriteArrayList<>();

	@Test
	void storeThatReturnsStaleValuesShouldBeNamedAndRetriedMoreRarely() {
		this.store.stored.save(KEY, null, "token-2").block(Instance.LIMIT);
		this.store.load = (load) -> Mono.empty();
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(instance.status().lastError()).contains("stale"));
			assertThat(this.log.queries).hasSizeLessThan(100);
			this.store.load = UnaryOperator.identity();
			Instance.await(() -> assertThat(this.store.position()).isEqualTo("token-3"));
		}
	}

	@Test
	void storeThatSavesNothingShouldBeNamedAndRetriedMoreRarely() {
		this.store.save = (save) -> Mono.just(true);
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(instance.status().lastError()).contains("no longer has the position"));
			Instance.await(() -> assertThat(this.handled).hasSizeGreaterThan(5));
			assertThat(this.log.queries).hasSizeLessThan(100);
			this.store.save = UnaryOperator.identity();
			Instance.await(() -> assertThat(this.store.position()).isEqualTo("token-3"));
		}
	}

	@Test
	void storeThatSavesWithoutAResultShouldBeNamedAndRetriedMoreRarely() {
		this.store.save = (save) -> Mono.empty();
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(instance.status().lastError()).contains("stale"));
			assertThat(this.handled).containsOnly(1);
			assertThat(this.log.queries).hasSizeLessThan(100);
			this.store.save = UnaryOperator.identity();
			Instance.await(() -> assertThat(this.store.position()).isEqualTo("token-3"));
		}
	}

	@Test
	void storeThatCannotDescribeItselfShouldBeFollowedWith() {
		this.store.place = () -> {
			throw new IllegalStateException("no description");
		};
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(this.store.position()).isEqualTo("token-3"));
			this.store.load = (load) -> Mono.error(new IllegalStateException("no database"));
			instance.managed().stop();
			instance.managed().start();
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.FAILING));
			this.store.load = UnaryOperator.identity();
			this.log.append(1);
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3, 4));
		}
	}

	@Test
	void gapThatCannotBeStoredShouldNotBeReadAgainAtOnce() {
		this.store.stored.save(KEY, null, "token-1").block(Instance.LIMIT);
		this.log.removeBefore(3);
		this.store.save = (save) -> Mono.just(false);
		try (Instance instance = instance(FollowerLock.NONE, Instance::stoppingAtGaps).start()) {
			Instance.await(() -> assertThat(instance.status().lastError()).contains("stale"));
			assertThat(this.log.queries).hasSizeLessThan(100);
			this.store.save = UnaryOperator.identity();
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.STOPPED_AT_GAP));
		}
	}

	@Test
	void storeThatHangsAtStartShouldBeAFailureAndRetried() {
		this.store.load = (load) -> Mono.never();
		try (Instance instance = limited(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.FAILING));
			assertThat(instance.status().lastError()).contains("checkpoint store").contains("100 ms");
			this.store.load = UnaryOperator.identity();
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3));
		}
	}

	@Test
	void storeThatHangsWhenAPauseIsLoadedShouldBeAFailureAndRetried() {
		try (Instance instance = limited(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(this.store.position()).isEqualTo("token-3"));
			AtomicBoolean seen = new AtomicBoolean();
			this.store.load = (load) -> seen.get() ? Mono.never()
					: load.doOnNext((stored) -> seen.set(stored.startsWith("paused:")));
			this.store.stored.save(KEY, "token-3", "paused:token-3").block(Instance.LIMIT);
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.FAILING));
			this.store.load = UnaryOperator.identity();
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.PAUSED));
		}
	}

	@Test
	void storeThatHangsWhenSavingShouldBeAFailureAndThePageNotRepeated() {
		this.store.save = (save) -> Mono.never();
		try (Instance instance = limited(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.FAILING));
			assertThat(instance.status().lastError()).contains("checkpoint store").contains("100 ms");
			this.store.save = UnaryOperator.identity();
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3));
		}
	}

	@Test
	void storeThatThrowsAnErrorShouldBeRetried() {
		AtomicInteger loads = new AtomicInteger();
		this.store.load = (load) -> {
			return switch (loads.incrementAndGet()) {
				case 1 -> Mono.error(new IllegalStateException("no database"));
				case 2 -> throw new NoClassDefFoundError("made up");
				default -> load;
			};
		};
		try (Instance instance = limited(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3));
		}
	}

	@Test
	void storeWhoseFailureCannotBeDescribedShouldBeRetried() {
		this.store.load = (load) -> Mono.error(new IllegalStateException() {

			@Override
			public String getMessage() {
				throw new IllegalArgumentException("no message");
			}

		});
		try (Instance instance = limited(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.FAILING));
			this.store.load = UnaryOperator.identity();
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3));
		}
	}

	@Test
	void lockThatHangsShouldBeAFailureAndRetried() {
		AtomicInteger acquisitions = new AtomicInteger();
		AtomicInteger releases = new AtomicInteger();
		FollowerLock lock = (key) -> (acquisitions.incrementAndGet() == 1) ? Mono.never() : Mono.just(new Lease() {

			@Override
			public Mono<Void> release() {
				return (releases.incrementAndGet() == 1) ? Mono.never() : Mono.empty();
			}

		});
		this.store.load = (load) -> (releases.get() == 0) ? Mono.error(new IllegalStateException("no database")) : load;
		try (Instance instance = limited(lock).start()) {
			Instance.await(() -> assertThat(instance.status().lastError()).contains("lock").contains("100 ms"));
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3));
		}
	}

	@Test
	void failureShouldBeShownWhileTheLockIsReleasedAndNotHiddenByThatFailing(CapturedOutput output) {
		Sinks.Empty<Void> released = Sinks.empty();
		FollowerLock lock = (key) -> Mono.just(new Lease() {

			@Override
			public Mono<Void> release() {
				return released.asMono();
			}

		});
		this.store.load = (load) -> Mono.error(new IllegalStateException("no database"));
		try (Instance instance = instance(lock).start()) {
			Instance.await(() -> assertThat(instance.status().lastError()).isEqualTo("no database"));
			released.tryEmitError(new IllegalStateException("no connection"));
			Instance.await(() -> assertThat(output).contains("cannot follow; retrying in 10 ms: no database"));
			assertThat(instance.status().lastError()).isEqualTo("no database");
		}
		assertThat(output)
			.containsPattern("WARN .*could not release its lock, which is kept until it expires: no connection");
	}

	@Test
	void storeThatFailsOnceItIsInterruptedShouldLogNoDroppedError(CapturedOutput output) {
		CountDownLatch interrupted = new CountDownLatch(3);
		this.store.load = (load) -> Mono.<String>fromCallable(() -> {
			try {
				new CountDownLatch(1).await();
				return "";
			}
			finally {
				interrupted.countDown();
			}
		}).subscribeOn(Schedulers.boundedElastic());
		try (Instance instance = limited(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(interrupted.getCount()).isZero());
			this.store.load = UnaryOperator.identity();
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3));
		}
		assertThat(output).doesNotContain("onErrorDropped");
	}

	@Test
	void saveThatReportsAFailureAfterSavingShouldRepeatNothing() {
		AtomicInteger saves = new AtomicInteger();
		this.store.save = (save) -> (saves.incrementAndGet() % 2 == 1)
				? save.then(Mono.error(new IllegalStateException("connection lost"))) : save;
		this.log.append(17);
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(this.store.position()).isEqualTo("token-20"));
			assertThat(this.handled).hasSize(20).doesNotHaveDuplicates();
			assertThat(instance.status().counts().saveFailures()).isEqualTo(20);
		}
	}

	@Test
	void operationsAtOnceOnASlowStoreShouldAllSucceed() {
		this.store.load = (load) -> Mono.fromRunnable(() -> sleep(Duration.ofMillis(400))).then(load);
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3));
			Flux.range(0, 8)
				.flatMap(
						(number) -> ((number % 2 == 0) ? instance.managed().pause(KEY) : instance.managed().resume(KEY))
							.subscribeOn(Schedulers.boundedElastic()))
				.blockLast(Instance.LIMIT);
			this.store.load = UnaryOperator.identity();
			instance.managed().resume(KEY).block(Instance.LIMIT);
			this.log.append(1);
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3, 4));
		}
	}

	@Test
	void followerShouldSurviveMoreOperationsAtOnceThanItCanLookAt() {
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3));
			this.store.load = (load) -> Mono.fromRunnable(() -> sleep(Duration.ofMillis(20))).then(load);
			Flux.range(0, 200)
				.flatMap((number) -> instance.managed().pause(KEY).subscribeOn(Schedulers.boundedElastic()))
				.blockLast(Instance.LIMIT);
			this.store.load = UnaryOperator.identity();
			instance.managed().resume(KEY).block(Instance.LIMIT);
			this.log.append(1);
			Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3, 4));
		}
	}

	@Test
	void operationOnAStoreThatRefusesEveryChangeShouldSayWhy() {
		this.store.save = (save) -> Mono.just(false);
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			assertThatThrownBy(() -> instance.managed().pause(KEY).block(Instance.LIMIT))
				.hasMessageContaining("The position could not be changed");
		}
	}

	@Test
	void operationOnAStoreThatHangsShouldFail() {
		ManagedFollowers followers = instance(FollowerLock.NONE).create().managed();
		this.store.load = (load) -> Mono.never();
		assertDoesNotRespond(() -> followers.pause(KEY));
		this.store.load = UnaryOperator.identity();
		this.store.save = (save) -> Mono.never();
		assertDoesNotRespond(() -> followers.replay(KEY, StubLog.second(1)));
	}

	private static void assertDoesNotRespond(Supplier<Mono<Void>> operation) {
		StepVerifier.withVirtualTime(operation)
			.thenAwait(Duration.ofSeconds(10))
			.expectErrorMessage("The checkpoint store did not respond within 10000 ms")
			.verify(Instance.LIMIT);
	}

	@Test
	void stopWhileAPauseIsLoadedShouldComplete() throws InterruptedException {
		CountDownLatch reloading = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch stopped = new CountDownLatch(1);
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(this.store.position()).isEqualTo("token-3"));
			this.store.stored.save(KEY, "token-3", "paused:token-3").block(Instance.LIMIT);
			AtomicInteger loads = new AtomicInteger();
			this.store.load = (load) -> (loads.incrementAndGet() != 2) ? load : Mono.<String>fromCallable(() -> {
				reloading.countDown();
				release.await();
				return null;
			}).subscribeOn(Schedulers.boundedElastic()).then(load);
			reloading.await();
			instance.managed().stop(stopped::countDown);
			release.countDown();
			stopped.await();
			assertThat(instance.status().state()).isEqualTo(State.STOPPED);
			assertThat(this.handled).containsExactly(1, 2, 3);
		}
	}

	@Test
	void leaseThatIsLostWhilePausedShouldLeaveTheFollowerPausedInBothInstances() {
		AtomicReference<Runnable> lose = new AtomicReference<>();
		try (Instance first = instance(losable(lose)).start()) {
			Instance.await(() -> assertThat(this.store.position()).isEqualTo("token-3"));
			first.managed().pause(KEY).block(Instance.LIMIT);
			Instance.await(() -> assertThat(first.status().state()).isEqualTo(State.PAUSED));
			this.log.append(1);
			lose.get().run();
			try (Instance second = instance(FollowerLock.NONE).start()) {
				Instance.await(() -> assertThat(second.status().state()).isEqualTo(State.PAUSED));
				Instance.await(() -> assertThat(first.status().state()).isEqualTo(State.STANDBY));
				assertThat(first.status().failingSince()).isNull();
				first.managed().resume(KEY).block(Instance.LIMIT);
				Instance.await(() -> assertThat(this.handled).containsExactly(1, 2, 3, 4));
				assertThat(second.status().leading()).isTrue();
			}
		}
	}

	@Test
	void instanceThatStandsByShouldBeFailingWhileItsStoreFails() {
		AtomicInteger acquisitions = new AtomicInteger();
		this.store.load = (load) -> Mono.error(new IllegalStateException("no database"));
		try (Instance instance = instance(once(acquisitions)).start()) {
			Instance.await(() -> assertThat(acquisitions).hasValueGreaterThan(5));
			assertThat(instance.status().state()).isEqualTo(State.FAILING);
			assertThat(instance.status().failingSince()).isNotNull();
			assertThat(instance.status().leading()).isFalse();
			this.store.load = UnaryOperator.identity();
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.STANDBY));
			assertThat(instance.status().failingSince()).isNull();
		}
	}

	@Test
	void instanceThatStandsByShouldBeFailingUntilTheGapThatItFoundIsStored() {
		this.store.stored.save(KEY, null, "token-1").block(Instance.LIMIT);
		this.log.removeBefore(3);
		this.store.save = (save) -> Mono.error(new IllegalStateException("no database"));
		AtomicInteger acquisitions = new AtomicInteger();
		try (Instance instance = instance(once(acquisitions), Instance::stoppingAtGaps).start()) {
			Instance.await(() -> assertThat(acquisitions).hasValueGreaterThan(5));
			assertThat(instance.status().state()).isEqualTo(State.FAILING);
			this.store.stored.save(KEY, "token-1", "token-2").block(Instance.LIMIT);
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.STANDBY));
		}
	}

	@Test
	void replayShouldDeliverAPageAgainThatAnotherInstanceHasSavedMeanwhile() {
		String replay = "from:" + StubLog.second(1);
		this.store.stored.save(KEY, null, replay).block(Instance.LIMIT);
		this.store.save = (save) -> Mono.error(new IllegalStateException("no database"));
		AtomicBoolean elsewhere = new AtomicBoolean();
		AtomicReference<Runnable> lose = new AtomicReference<>();
		try (Instance instance = instance(
				(key) -> Mono.defer(() -> elsewhere.get() ? Mono.empty() : losable(lose).acquire(key)))
			.start()) {
			Instance.await(() -> assertThat(instance.status().counts().saveFailures()).isPositive());
			elsewhere.set(true);
			lose.get().run();
			this.store.stored.save(KEY, replay, "token-3").block(Instance.LIMIT);
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.STANDBY));
			this.store.save = UnaryOperator.identity();
			instance.managed().replay(KEY, StubLog.second(1)).block(Instance.LIMIT);
			elsewhere.set(false);
			Instance.await(() -> assertThat(this.store.position()).isEqualTo("token-3"));
			assertThat(this.handled).containsExactly(1, 1, 2, 3);
		}
	}

	@Test
	void followerThatIsStartedAgainAfterAFailureShouldNotBeShownAsStopped() {
		this.store.save = (save) -> Mono.error(new IllegalStateException("no database"));
		try (Instance instance = instance(once(new AtomicInteger())).start()) {
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.FAILING));
			instance.managed().stop();
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.STOPPED));
			instance.managed().start();
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.STANDBY));
		}
	}

	@Test
	void failureThatOccursAgainAfterAPauseShouldBeLoggedAgain(CapturedOutput output) {
		this.store.load = (load) -> Mono.error(new IllegalStateException("no database"));
		try (Instance instance = instance(FollowerLock.NONE).start()) {
			Instance.await(() -> assertThat(output).contains("ERROR").contains("cannot follow"));
			this.store.stored.save(KEY, null, "paused:start:").block(Instance.LIMIT);
			this.store.load = UnaryOperator.identity();
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.PAUSED));
			this.store.stored.save(KEY, "paused:start:", "start:").block(Instance.LIMIT);
			AtomicInteger loads = new AtomicInteger();
			this.store.load = (load) -> (loads.incrementAndGet() == 1) ? load
					: Mono.error(new IllegalStateException("no database"));
			Instance.await(() -> assertThat(instance.status().counts().loadFailures()).isGreaterThan(3));
			Instance.await(() -> assertThat(output.toString().split("cannot follow", -1)).hasSize(3));
		}
	}

	/** A lock that is acquired once, and then by another instance. */
	private static FollowerLock once(AtomicInteger acquisitions) {
		return (key) -> (acquisitions.incrementAndGet() > 1) ? Mono.empty() : Mono.just(new Lease() {
		});
	}

	private static FollowerLock losable(AtomicReference<Runnable> lose) {
		AtomicInteger acquisitions = new AtomicInteger();
		return (key) -> (acquisitions.incrementAndGet() > 1) ? Mono.empty() : Mono.just(new Lease() {

			@Override
			public Mono<Void> keep() {
				return Mono.create((sink) -> lose.set(() -> sink.error(new IllegalStateException("lost"))));
			}

		});
	}

	private static void sleep(Duration duration) {
		try {
			Thread.sleep(duration.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Instance instance(FollowerLock lock) {
		return instance(lock, UnaryOperator.identity());
	}

	/** With a time limit for the handler and the store. */
	private Instance limited(FollowerLock lock) {
		return instance(lock, (settings) -> Instance.withHandlerTimeout(settings, TIMEOUT));
	}

	private Instance instance(FollowerLock lock, UnaryOperator<FollowerSettings> settings) {
		return new Instance(this.log, this.store, lock).follower("archive", (organization, page) -> handle(page),
				settings);
	}

	private Mono<Void> handle(AuditLogPage page) {
		return Mono.fromRunnable(() -> this.handled.add(StubLog.number(page)));
	}

	/**
	 * Store whose calls can be changed.
	 */
	private static final class FaultyStore implements AuditLogCheckpointStore {

		private final InMemoryAuditLogCheckpointStore stored = new InMemoryAuditLogCheckpointStore();

		private volatile UnaryOperator<Mono<String>> load = UnaryOperator.identity();

		private volatile UnaryOperator<Mono<Boolean>> save = UnaryOperator.identity();

		private volatile Supplier<String> place = () -> "memory";

		@Override
		public Mono<String> load(CheckpointKey key) {
			return this.load.apply(this.stored.load(key));
		}

		@Override
		public Mono<Boolean> save(CheckpointKey key, String previous, String position) {
			return this.save.apply(Mono.defer(() -> this.stored.save(key, previous, position)));
		}

		@Override
		public String describe(CheckpointKey key) {
			return this.place.get();
		}

		String position() {
			return this.stored.load(KEY).block(Instance.LIMIT);
		}

	}

}
