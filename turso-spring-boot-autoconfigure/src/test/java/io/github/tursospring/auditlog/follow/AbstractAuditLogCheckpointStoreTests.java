package io.github.tursospring.auditlog.follow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store promises.
 */
public abstract class AbstractAuditLogCheckpointStoreTests {

	static final Duration LIMIT = Duration.ofSeconds(30);

	static final CheckpointKey KEY = new CheckpointKey("archive", "acme");

	protected abstract AuditLogCheckpointStore store();

	@Test
	void loadWithoutPositionShouldBeEmpty() {
		StepVerifier.create(store().load(KEY)).expectComplete().verify(LIMIT);
	}

	@Test
	void firstSaveShouldStorePosition() {
		AuditLogCheckpointStore store = store();
		assertThat(save(store, null, "a")).isTrue();
		assertThat(load(store)).isEqualTo("a");
	}

	@Test
	void saveAfterThePositionBeforeShouldReplaceIt() {
		AuditLogCheckpointStore store = store();
		save(store, null, "a");
		assertThat(save(store, "a", "b")).isTrue();
		assertThat(save(store, "b", "a")).isTrue();
		assertThat(save(store, "a", "c")).isTrue();
		assertThat(load(store)).isEqualTo("c");
	}

	@Test
	void saveAfterAnotherPositionShouldLeaveTheOneStored() {
		AuditLogCheckpointStore store = store();
		save(store, null, "a");
		save(store, "a", "b");
		assertThat(save(store, "a", "c")).isFalse();
		assertThat(save(store, null, "c")).isFalse();
		assertThat(save(store, "never", "c")).isFalse();
		assertThat(load(store)).isEqualTo("b");
	}

	@Test
	void saveAfterAPositionThatIsNotThereShouldStoreNothing() {
		AuditLogCheckpointStore store = store();
		assertThat(save(store, "a", "b")).isFalse();
		assertThat(load(store)).isNull();
	}

	@Test
	void saveOfThePositionStoredShouldBeTrueWhateverIsBeforeIt() {
		AuditLogCheckpointStore store = store();
		save(store, null, "a");
		assertThat(save(store, null, "a")).isTrue();
		assertThat(save(store, "a", "a")).isTrue();
		assertThat(save(store, "never", "a")).isTrue();
		assertThat(load(store)).isEqualTo("a");
	}

	@Test
	void keysShouldNotShareAPosition() {
		AuditLogCheckpointStore store = store();
		List<CheckpointKey> keys = Stream.of("archive", "Archive", "arch-ive", "arch.ive", "archive#0", "büro", "~61")
			.flatMap((follower) -> Stream.of("acme", "Acme", "ACME", "acm-e", "con", "a")
				.map((organization) -> new CheckpointKey(follower, organization)))
			.toList();
		for (CheckpointKey key : keys) {
			StepVerifier.create(store.save(key, null, "of " + key)).expectNext(true).expectComplete().verify(LIMIT);
		}
		for (CheckpointKey key : keys) {
			StepVerifier.create(store.load(key)).expectNext("of " + key).expectComplete().verify(LIMIT);
		}
		assertThat(store.keys().collectList().block(LIMIT)).containsExactlyInAnyOrderElementsOf(keys);
	}

	@Test
	void keysWithoutPositionShouldBeEmpty() {
		StepVerifier.create(store().keys()).expectComplete().verify(LIMIT);
	}

	@Test
	void describeShouldNameThePlace() {
		assertThat(store().describe(KEY)).isNotBlank().doesNotContain("@");
	}

	@Test
	void longPositionsShouldBeStoredWhole() {
		AuditLogCheckpointStore store = store();
		String first = "0123456789".repeat(30_000);
		String second = first.substring(1) + "x";
		assertThat(save(store, null, first)).isTrue();
		assertThat(save(store, first, second)).isTrue();
		assertThat(save(store, first, "lost")).isFalse();
		assertThat(load(store)).isEqualTo(second);
	}

	@Test
	void nothingShouldHappenBeforeSubscription() {
		AuditLogCheckpointStore store = store();
		Mono<Boolean> save = store.save(KEY, null, "a");
		Mono<String> load = store.load(KEY);
		assertThat(load(store)).isNull();
		StepVerifier.create(save).expectNext(true).expectComplete().verify(LIMIT);
		StepVerifier.create(load).expectNext("a").expectComplete().verify(LIMIT);
	}

	@Test
	void amongManyThreadsExactlyOneShouldWinEachStep() throws Exception {
		AuditLogCheckpointStore store = store();
		int threads = 8;
		int steps = 40;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			CyclicBarrier barrier = new CyclicBarrier(threads);
			String previous = null;
			for (int step = 0; step < steps; step++) {
				List<Future<Boolean>> results = new ArrayList<>();
				for (int thread = 0; thread < threads; thread++) {
					String before = previous;
					String token = step + "-" + thread;
					results.add(executor.submit(() -> {
						barrier.await();
						return save(store, before, token);
					}));
				}
				List<String> winners = new ArrayList<>();
				for (int thread = 0; thread < threads; thread++) {
					if (results.get(thread).get()) {
						winners.add(step + "-" + thread);
					}
				}
				assertThat(winners).hasSize(1).containsExactly(load(store));
				previous = winners.get(0);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	static boolean save(AuditLogCheckpointStore store, @Nullable String previousToken, String token) {
		return Boolean.TRUE.equals(store.save(KEY, previousToken, token).block(LIMIT));
	}

	static @Nullable String load(AuditLogCheckpointStore store) {
		return store.load(KEY).block(LIMIT);
	}

}
