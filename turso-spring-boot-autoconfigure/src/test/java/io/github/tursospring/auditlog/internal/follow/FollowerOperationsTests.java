package io.github.tursospring.auditlog.internal.follow;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for pausing, resuming and replaying followers, and for gaps.
 */
@ExtendWith(OutputCaptureExtension.class)
class FollowerOperationsTests {

	@RegisterExtension
	final FollowLogLevel level = new FollowLogLevel();

	private static final CheckpointKey KEY = Instance.KEY;

	private final InMemoryAuditLogCheckpointStore store = new InMemoryAuditLogCheckpointStore();

	private final StubLog log = new StubLog(3);

	private final List<Integer> handled = new CopyOnWriteArrayList<>();

	@Test
	void pausedFollowerShouldDeliverNothingUntilItIsResumed(CapturedOutput output) {
		try (Instance instance = instance().start()) {
			awaitHandled(1, 2, 3);
			instance.managed().pause(KEY).block(Instance.LIMIT);
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.PAUSED));
			this.log.append(2);
			instance.managed().pause(KEY).block(Instance.LIMIT);
			assertThat(stored()).isEqualTo("paused:token-3");
			assertThat(this.handled).containsExactly(1, 2, 3);
			instance.managed().resume(KEY).block(Instance.LIMIT);
			awaitHandled(1, 2, 3, 4, 5);
			assertThat(instance.status().state()).isEqualTo(State.FOLLOWING);
		}
		assertThat(output).containsOnlyOnce("is paused until it is resumed").doesNotContain("overtaken");
	}

	@Test
	void pauseShouldSurviveARestart() {
		try (Instance instance = instance().start()) {
			awaitHandled(1, 2, 3);
			instance.managed().pause(KEY).block(Instance.LIMIT);
		}
		this.log.append(1);
		try (Instance restarted = instance().start()) {
			Instance.await(() -> assertThat(restarted.status().state()).isEqualTo(State.PAUSED));
			restarted.managed().resume(KEY).block(Instance.LIMIT);
			awaitHandled(1, 2, 3, 4);
		}
	}

	@Test
	void pauseBeforeThereIsAPositionShouldResumeAtTheStart() {
		this.store.save(KEY, null, "paused:start:").block(Instance.LIMIT);
		try (Instance instance = instance().start()) {
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.PAUSED));
			instance.managed().resume(KEY).block(Instance.LIMIT);
			awaitHandled(1, 2, 3);
		}
	}

	@Test
	void pauseShouldFinishThePageInHandAndNotRepeatIt() {
		Sinks.Empty<Void> work = Sinks.empty();
		try (Instance instance = instance(
				(organization, page) -> (StubLog.number(page) == 2) ? work.asMono().then(handle(page)) : handle(page))
			.start()) {
			Instance.await(() -> assertThat(instance.status().pageInHandSince()).isNotNull());
			awaitHandled(1);
			Instance.await(() -> assertThat(instance.status().pageInHandSince()).isNotNull());
			instance.managed().pause(KEY).block(Instance.LIMIT);
			work.tryEmitEmpty();
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.PAUSED));
			assertThat(this.handled).containsExactly(1, 2);
			assertThat(stored()).isEqualTo("paused:token-2");
			instance.managed().resume(KEY).block(Instance.LIMIT);
			awaitHandled(1, 2, 3);
		}
	}

	@Test
	void pauseShouldApplyToAFollowerWhoseHandlerFails() {
		try (Instance instance = instance((organization, page) -> Mono.error(new IllegalStateException("poison")))
			.start()) {
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.FAILING));
			instance.managed().pause(KEY).block(Instance.LIMIT);
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.PAUSED));
			assertThat(instance.status().lastError()).isNull();
		}
	}

	@Test
	void replayShouldDeliverAgainFromTheTime() {
		try (Instance instance = instance().start()) {
			awaitHandled(1, 2, 3);
			instance.managed().replay(KEY, StubLog.second(2)).block(Instance.LIMIT);
			awaitHandled(1, 2, 3, 2, 3);
			assertThat(stored()).isEqualTo("token-3");
		}
	}

	@Test
	void replayFromTheSameTimeAgainShouldDeliverAgain() {
		try (Instance instance = instance().start()) {
			awaitHandled(1, 2, 3);
			instance.managed().replay(KEY, StubLog.second(3)).block(Instance.LIMIT);
			awaitHandled(1, 2, 3, 3);
			Instance.await(() -> assertThat(stored()).isEqualTo("token-3"));
			instance.managed().replay(KEY, StubLog.second(3)).block(Instance.LIMIT);
			awaitHandled(1, 2, 3, 3, 3);
		}
	}

	@Test
	void replayFromTheFutureShouldBeRefused() {
		try (Instance instance = instance().start()) {
			awaitHandled(1, 2, 3);
			assertThatIllegalArgumentException().isThrownBy(
					() -> instance.managed().replay(KEY, Instant.parse("2100-01-01T00:00:00Z")).block(Instance.LIMIT))
				.withMessageContaining("2100-01-01T00:00:00Z is in the future");
			assertThat(stored()).isEqualTo("token-3");
		}
	}

	@Test
	void replayOfAPausedFollowerShouldWaitUntilItIsResumed() {
		try (Instance instance = instance().start()) {
			awaitHandled(1, 2, 3);
			instance.managed().pause(KEY).block(Instance.LIMIT);
			instance.managed().replay(KEY, StubLog.second(3)).block(Instance.LIMIT);
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.PAUSED));
			assertThat(this.handled).containsExactly(1, 2, 3);
			instance.managed().resume(KEY).block(Instance.LIMIT);
			awaitHandled(1, 2, 3, 3);
		}
	}

	@Test
	void replayUnderLoadShouldDeliverEveryEntryFromTheTimeOn() {
		this.log.append(500);
		try (Instance instance = instance().start()) {
			for (int replay = 1; replay <= 5; replay++) {
				int before = replay * 20;
				Instance.await(() -> assertThat(this.handled).hasSizeGreaterThan(before));
				instance.managed().replay(KEY, StubLog.second(1)).block(Instance.LIMIT);
				this.log.append(10);
			}
			int last = this.log.newest();
			Instance.await(() -> assertThat(stored()).isEqualTo("token-" + last));
			List<Integer> afterReplay = this.handled.subList(this.handled.lastIndexOf(1), this.handled.size());
			assertThat(afterReplay).containsExactlyElementsOf(IntStream.rangeClosed(1, last).boxed().toList());
		}
	}

	@Test
	void pauseOnAnInstanceThatStandsByShouldPauseTheOneThatLeads() {
		FollowerLock lock = Instance.sharedLock();
		try (Instance leader = instance(lock).start()) {
			awaitHandled(1, 2, 3);
			try (Instance standby = instance(lock).start()) {
				Instance.await(() -> assertThat(standby.status().state()).isEqualTo(State.STANDBY));
				standby.managed().pause(KEY).block(Instance.LIMIT);
				Instance.await(() -> assertThat(leader.status().state()).isEqualTo(State.PAUSED));
				this.log.append(1);
				standby.managed().replay(KEY, StubLog.second(3)).block(Instance.LIMIT);
				standby.managed().resume(KEY).block(Instance.LIMIT);
				awaitHandled(1, 2, 3, 3, 4);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gap:changed by hand", "paused:from:yesterday" })
	void replayShouldReplaceAPositionThatIsNotValid(String position) {
		this.store.save(KEY, null, position).block(Instance.LIMIT);
		try (Instance instance = instance().start()) {
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.FAILING));
			instance.managed().replay(KEY, StubLog.second(2)).block(Instance.LIMIT);
			awaitHandled(2, 3);
		}
	}

	@Test
	void operationOnAnUnknownFollowerShouldBeRefused() {
		try (Instance instance = instance().start()) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> instance.managed().pause(new CheckpointKey("archives", "acme")).block(Instance.LIMIT))
				.withMessageContaining("'archives'");
		}
	}

	@Test
	void gapShouldBeToldAndPassedOver(CapturedOutput output) {
		try (Instance instance = instance().start()) {
			awaitHandled(1, 2, 3);
		}
		this.log.append(7);
		this.log.removeBefore(6);
		try (Instance instance = instance().start()) {
			awaitHandled(1, 2, 3, 6, 7, 8, 9, 10);
			assertThat(instance.status().lastGap()).isEqualTo(new AuditLogGap(StubLog.second(3), StubLog.second(6)));
			assertThat(instance.status().counts().gaps()).isEqualTo(1);
		}
		assertThat(output).containsPattern("WARN .*gap.*1970-01-01T00:00:03Z.*1970-01-01T00:00:06Z.*continues");
	}

	@Test
	void followerThatStopsAtGapsShouldStayStoppedUntilItIsResumed(CapturedOutput output) {
		try (Instance instance = stopping().start()) {
			awaitHandled(1, 2, 3);
		}
		this.log.append(7);
		this.log.removeBefore(6);
		for (int restart = 0; restart < 2; restart++) {
			try (Instance instance = stopping().start()) {
				Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.STOPPED_AT_GAP));
				assertThat(instance.status().lastGap())
					.isEqualTo(new AuditLogGap(StubLog.second(3), StubLog.second(6)));
				assertThat(this.handled).containsExactly(1, 2, 3);
			}
		}
		try (Instance instance = stopping().start()) {
			instance.managed().resume(KEY).block(Instance.LIMIT);
			awaitHandled(1, 2, 3, 6, 7, 8, 9, 10);
		}
		assertThat(output).containsPattern("WARN .*gap.*It has stopped.*resume.*on-gap");
	}

	@Test
	void gapThatGrowsUntilTheFollowerIsResumedShouldBeReportedAsItIsThen() {
		this.log.append(17);
		this.store.save(KEY, null, "token-3").block(Instance.LIMIT);
		this.log.removeBefore(6);
		try (Instance instance = stopping().start()) {
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.STOPPED_AT_GAP));
			this.log.removeBefore(15);
			instance.managed().resume(KEY).block(Instance.LIMIT);
			awaitHandled(15, 16, 17, 18, 19, 20);
			assertThat(instance.status().lastGap()).isEqualTo(new AuditLogGap(StubLog.second(3), StubLog.second(15)));
			assertThat(instance.status().state()).isEqualTo(State.FOLLOWING);
		}
	}

	@Test
	void gapThatRetentionMakesWhilePausedShouldBeReported() {
		try (Instance instance = instance().start()) {
			awaitHandled(1, 2, 3);
			instance.managed().pause(KEY).block(Instance.LIMIT);
			Instance.await(() -> assertThat(instance.status().state()).isEqualTo(State.PAUSED));
			this.log.append(7);
			this.log.removeBefore(6);
			instance.managed().resume(KEY).block(Instance.LIMIT);
			awaitHandled(1, 2, 3, 6, 7, 8, 9, 10);
			assertThat(instance.status().lastGap()).isEqualTo(new AuditLogGap(StubLog.second(3), StubLog.second(6)));
		}
	}

	private Instance instance() {
		return instance((organization, page) -> handle(page));
	}

	private Instance instance(FollowerLock lock) {
		return new Instance(this.log, this.store, lock).follower("archive", (organization, page) -> handle(page));
	}

	private Instance instance(AuditLogHandler handler) {
		return new Instance(this.log, this.store, FollowerLock.NONE).follower("archive", handler);
	}

	private Instance stopping() {
		return new Instance(this.log, this.store, FollowerLock.NONE).follower("archive",
				(organization, page) -> handle(page), Instance::stoppingAtGaps);
	}

	private Mono<Void> handle(AuditLogPage page) {
		return Mono.fromRunnable(() -> this.handled.add(StubLog.number(page)));
	}

	/** Entries are handled before their position is saved. */
	private void awaitHandled(Integer... numbers) {
		Instance.await(() -> {
			assertThat(this.handled).containsExactly(numbers);
			assertThat(stored()).endsWith("token-" + numbers[numbers.length - 1]);
		});
	}

	private String stored() {
		return this.store.load(KEY).block(Instance.LIMIT);
	}

}
