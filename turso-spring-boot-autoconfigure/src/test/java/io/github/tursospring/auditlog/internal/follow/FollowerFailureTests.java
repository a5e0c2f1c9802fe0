package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers that fail, block or take too long.
 */
@ExtendWith(OutputCaptureExtension.class)
class FollowerFailureTests {

	@RegisterExtension
	final FollowLogLevel level = new FollowLogLevel();

	private final InMemoryAuditLogCheckpointStore store = new InMemoryAuditLogCheckpointStore();

	private final StubLog log = new StubLog(2);

	private final List<Integer> handled = new CopyOnWriteArrayList<>();

	private final AtomicInteger calls = new AtomicInteger();

	static Stream<Supplier<Error>> errors() {
		return Stream.of(() -> new OutOfMemoryError("made up"), StackOverflowError::new,
				() -> new NoClassDefFoundError("made up"), () -> new AssertionError("made up"));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void handlerThatThrowsAnErrorShouldBeRetried(Supplier<Error> error) {
		try (Instance instance = instance().follower("archive", (organization, page) -> {
			if (this.calls.incrementAndGet() == 1) {
				throw error.get();
			}
			return handle(page);
		}).start()) {
			awaitHandled(1, 2);
			assertThat(instance.status().counts().handlerFailures()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@MethodSource("errors")
	void handlerWhosePublisherThrowsAnErrorShouldBeRetried(Supplier<Error> error) {
		try (Instance instance = instance().follower("archive", (organization, page) -> Mono.fromRunnable(() -> {
			if (this.calls.incrementAndGet() == 1) {
				throw error.get();
			}
			this.handled.add(StubLog.number(page));
		})).start()) {
			awaitHandled(1, 2);
			assertThat(instance.status().counts().handlerFailures()).isEqualTo(1);
		}
	}

	@Test
	void handlerWhoseFailureHasItselfAmongItsCausesShouldBeRetried() {
		IllegalStateException failure = new IllegalStateException("refused");
		failure.initCause(new IllegalStateException("no connection", failure));
		try (Instance instance = instance().follower("archive", (organization, page) -> {
			if (this.calls.incrementAndGet() == 1) {
				throw failure;
			}
			return handle(page);
		}).start()) {
			awaitHandled(1, 2);
			assertThat(instance.status().counts().handlerFailures()).isEqualTo(1);
		}
	}

	@Test
	void failureThatCannotBeLoggedShouldNotEndTheFollower() {
		AtomicInteger notLogged = new AtomicInteger();
		FollowerLock lock = (key) -> (this.calls.incrementAndGet() == 1)
				? Mono.error(new IllegalStateException("made up")) : FollowerLock.NONE.acquire(key);
		this.level.onEvent((event) -> {
			if (event.getLevel() == Level.ERROR) {
				notLogged.incrementAndGet();
				throw new IllegalStateException("made up");
			}
		});
		try (Instance instance = new Instance(this.log, this.store, lock)
			.follower("archive", (organization, page) -> handle(page))
			.start()) {
			awaitHandled(1, 2);
			assertThat(notLogged).hasValue(1);
		}
	}

	@Test
	void handlerShouldBeAllowedToBlock() {
		try (Instance instance = instance().follower("archive", (organization, page) -> {
			Mono.delay(Duration.ofMillis(1), Schedulers.parallel()).block();
			return handle(page);
		}).start()) {
			awaitHandled(1, 2);
			assertThat(instance.status().counts().handlerFailures()).isZero();
		}
	}

	@Test
	void handlerThatFailsForeverShouldNotHoldUpAnother() {
		try (Instance instance = instance()
			.follower("alerts", (organization, page) -> Mono.error(new IllegalStateException("poison")))
			.follower("archive", (organization, page) -> handle(page))
			.start()) {
			awaitHandled(1, 2);
			Instance.await(() -> assertThat(instance.status("alerts").counts().handlerFailures()).isGreaterThan(3));
			assertThat(instance.status("alerts").state()).isEqualTo(State.FAILING);
			assertThat(instance.status("alerts").position()).isNull();
			assertThat(instance.status("archive").state()).isEqualTo(State.FOLLOWING);
			assertThat(instance.status("archive").counts().handlerFailures()).isZero();
		}
	}

	@Test
	void handlerThatDoesNotCompleteShouldBeCancelledAndItsLockReleased() {
		FollowerLock lock = Instance.sharedLock();
		AtomicBoolean cancelled = new AtomicBoolean();
		try (Instance hanging = hanging(lock, Mono.<Void>never().doOnCancel(() -> cancelled.set(true))).start()) {
			Instance.await(() -> assertThat(hanging.status().pageInHandSince()).isNotNull());
			try (Instance other = new Instance(this.log, this.store, lock)
				.follower("archive", (organization, page) -> handle(page))
				.start()) {
				awaitHandled(1, 2);
				assertThat(cancelled).isTrue();
				assertThat(other.status().leading()).isTrue();
				Instance.await(() -> assertThat(hanging.status().leading()).isFalse());
				assertThat(hanging.status().counts().handlerFailures()).isPositive();
			}
		}
	}

	@Test
	void handlerThatCannotBeCancelledShouldStillBeTimedOut() {
		Mono<Void> handled = Mono.<Void>create((sink) -> sink.onCancel(() -> {
			throw new IllegalStateException("of a client");
		}));
		try (Instance instance = hanging(FollowerLock.NONE, handled).start()) {
			Instance.await(() -> assertThat(instance.status().lastError()).contains("did not complete within"));
			Instance.await(() -> assertThat(instance.status().counts().handlerFailures()).isGreaterThan(1));
		}
	}

	@Test
	void handlerThatBlocksItsThreadShouldNotBeCalledAgainUntilItReturns() {
		CountDownLatch release = new CountDownLatch(1);
		try (Instance instance = instance().follower("archive", (organization, page) -> {
			if (this.calls.incrementAndGet() == 1) {
				awaitUninterruptibly(release);
			}
			return handle(page);
		}, (settings) -> Instance.withHandlerTimeout(settings, Duration.ofMillis(100))).start()) {
			Instance.await(() -> assertThat(instance.status().lastError())
				.contains("still blocks thread 'turso-follower-archive-acme'"));
			assertThat(instance.status().counts().handlerFailures()).isGreaterThan(1);
			assertThat(this.calls).hasValue(1);
			release.countDown();
			awaitHandled(1, 2);
		}
		finally {
			release.countDown();
		}
	}

	@Test
	void handlerThatAlwaysTakesTooLongShouldBeAFailureThatLasts(CapturedOutput output) {
		try (Instance instance = hanging(FollowerLock.NONE, Mono.never()).start()) {
			Instance.await(() -> assertThat(instance.status().failingSince()).isNotNull());
			Instant since = instance.status().failingSince();
			Instance.await(() -> assertThat(instance.status().counts().handlerFailures()).isGreaterThan(3));
			assertThat(instance.status().failingSince()).isEqualTo(since);
			assertThat(instance.status().state()).isEqualTo(State.FAILING);
		}
		assertThat(output).containsOnlyOnce("cannot follow").doesNotContain("has recovered");
	}

	@Test
	void instancesWhoseHandlersAllHangShouldBothBeFailingWhicheverHasTheLock() {
		FollowerLock lock = Instance.sharedLock();
		AtomicBoolean hangs = new AtomicBoolean(true);
		Mono<Void> work = Mono.defer(() -> hangs.get() ? Mono.never() : Mono.empty());
		try (Instance one = hanging(lock, work).start(); Instance other = hanging(lock, work).start()) {
			Instance.await(() -> assertThat(List.of(one, other))
				.allSatisfy((instance) -> assertThat(instance.status().counts().handlerFailures()).isPositive()));
			Instant since = one.status().failingSince();
			Instant sinceOfOther = other.status().failingSince();
			Instance.await(() -> assertThat(List.of(one, other)).allSatisfy((instance) -> {
				assertThat(instance.status().counts().handlerFailures()).isGreaterThan(2);
				assertThat(instance.status().state()).isEqualTo(State.FAILING);
			}));
			assertThat(since).isNotNull().isEqualTo(one.status().failingSince());
			assertThat(sinceOfOther).isNotNull().isEqualTo(other.status().failingSince());
			Instance.await(() -> assertThat(List.of(one.status().leading(), other.status().leading())).contains(false));
			hangs.set(false);
			Instance.await(() -> assertThat(List.of(one.status().state(), other.status().state()))
				.containsExactlyInAnyOrder(State.FOLLOWING, State.STANDBY));
			assertThat(one.status().lastError()).isNull();
			assertThat(other.status().lastError()).isNull();
		}
	}

	@Test
	void destroyShouldGiveUpThePageInHandAndReleaseTheLock() {
		FollowerLock lock = Instance.sharedLock();
		AtomicBoolean subscribed = new AtomicBoolean();
		AtomicBoolean cancelled = new AtomicBoolean();
		Mono<Void> work = Mono.<Void>never()
			.doOnSubscribe((subscription) -> subscribed.set(true))
			.doOnCancel(() -> cancelled.set(true));
		try (Instance instance = new Instance(this.log, this.store, lock)
			.follower("archive", (organization, page) -> work)
			.start()) {
			Instance.await(() -> assertThat(subscribed).isTrue());
			instance.managed().destroy();
			Instance.await(() -> assertThat(cancelled).isTrue());
			assertThat(instance.status().state()).isEqualTo(State.STOPPED);
			try (Instance other = new Instance(this.log, this.store, lock)
				.follower("archive", (organization, page) -> handle(page))
				.start()) {
				awaitHandled(1, 2);
				assertThat(other.status().leading()).isTrue();
			}
		}
	}

	@Test
	void stoppedFollowerShouldReportOnceWhatItDid(CapturedOutput output) {
		AtomicBoolean poisoned = new AtomicBoolean();
		try (Instance instance = instance().follower("archive",
				(organization, page) -> poisoned.get() ? Mono.error(new IllegalStateException("poison")) : handle(page))
			.start()) {
			awaitHandled(1, 2);
			Instance.await(() -> assertThat(output).contains("has caught up after 2 entries"));
			poisoned.set(true);
			this.log.append(1);
			Instance.await(() -> assertThat(instance.status().counts().handlerFailures()).isGreaterThan(3));
			poisoned.set(false);
			awaitHandled(1, 2, 3);
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.FOLLOWING));
		}
		Instance.await(() -> assertThat(output).contains("has stopped"));
		String subject = "Follower 'archive' of organization 'acme' ";
		assertThat(output).containsOnlyOnce(subject + "starts at the oldest entry (position in memory)")
			.containsOnlyOnce(subject + "has caught up after 2 entries")
			.containsOnlyOnce(subject + "has recovered after ")
			.containsOnlyOnce(subject + "has stopped after the entry of 1970-01-01T00:00:03Z");
	}

	@Test
	void instancesWithoutALockShouldWarnOnceAndRetryMoreRarely(CapturedOutput output) {
		this.level.setLevel(Level.DEBUG);
		this.log.append(200);
		try (Instance one = instance().follower("archive", (organization, page) -> handle(page)).start();
				Instance other = instance().follower("archive", (organization, page) -> handle(page)).start()) {
			Instance.await(() -> {
				this.log.append(1);
				assertThat(one.status().counts().overtaken() + other.status().counts().overtaken()).isGreaterThan(4);
				assertThat(output).containsPattern("DEBUG .*was overtaken.*retrying in 40 ms");
			});
		}
		assertThat(output.toString().lines())
			.filteredOn((line) -> line.contains("WARN") && line.contains("was overtaken"))
			.hasSizeBetween(1, 2)
			.allMatch((line) -> line.contains("retrying in 10 ms") && line.contains("add ShedLock"));
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void followThatStaysSilentShouldBeStartedAgain() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
		this.log.silence(true);
		try (Instance instance = instance().time(now::get)
			.follower("archive", (organization, page) -> handle(page))
			.start()) {
			Instance.await(() -> assertThat(this.log.queries).hasSize(1));
			this.log.silence(false);
			now.updateAndGet((instant) -> instant.plus(Duration.ofMinutes(16)));
			awaitHandled(1, 2);
			assertThat(this.log.queries).hasSize(2);
		}
	}

	@Test
	void jvmShouldBeKeptAliveWhileFollowing() {
		try (Instance instance = instance().follower("archive", (organization, page) -> handle(page)).start()) {
			awaitHandled(1, 2);
			assertThat(keepAliveThreads()).isPositive();
			instance.managed().destroy();
			Instance.await(() -> assertThat(keepAliveThreads()).isZero());
		}
	}

	private static long keepAliveThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !thread.isDaemon() && thread.getName().equals("turso-audit-log-followers"))
			.count();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		boolean waiting = true;
		while (waiting) {
			try {
				latch.await();
				waiting = false;
			}
			catch (InterruptedException ex) {
				// It ignores interrupts, as badly written code does.
			}
		}
	}

	private Instance hanging(FollowerLock lock, Mono<Void> work) {
		return new Instance(this.log, this.store, lock).follower("archive", (organization, page) -> work,
				(settings) -> Instance.withHandlerTimeout(settings, Duration.ofMillis(200)));
	}

	private Instance instance() {
		return new Instance(this.log, this.store, FollowerLock.NONE);
	}

	private Mono<Void> handle(AuditLogPage page) {
		return Mono.fromRunnable(() -> this.handled.add(StubLog.number(page)));
	}

	private void awaitHandled(Integer... numbers) {
		Instance.await(() -> assertThat(this.handled).containsExactly(numbers));
	}

}
