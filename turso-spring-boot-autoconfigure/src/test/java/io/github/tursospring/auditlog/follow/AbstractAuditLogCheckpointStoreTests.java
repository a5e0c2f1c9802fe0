package io.github.tursospring.auditlog.follow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store promises.
 */
abstract class AbstractAuditLogCheckpointStoreTests {

	static final Duration LIMIT = Duration.ofSeconds(30);

	abstract AuditLogCheckpointStore store();

	@Test
	void loadWithoutPositionShouldBeEmpty() {
		StepVerifier.create(store().load("acme")).expectComplete().verify(LIMIT);
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
	void organizationsShouldNotShareAPosition() {
		AuditLogCheckpointStore store = store();
		List<String> organizations = List.of("acme", "Acme", "ACME", "acm-e", "con", "a");
		for (String organization : organizations) {
			StepVerifier.create(store.save(organization, null, "of " + organization))
				.expectNext(true)
				.expectComplete()
				.verify(LIMIT);
		}
		for (String organization : organizations) {
			StepVerifier.create(store.load(organization))
				.expectNext("of " + organization)
				.expectComplete()
				.verify(LIMIT);
		}
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
		Mono<Boolean> save = store.save("acme", null, "a");
		Mono<String> load = store.load("acme");
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
		return Boolean.TRUE.equals(store.save("acme", previousToken, token).block(LIMIT));
	}

	static @Nullable String load(AuditLogCheckpointStore store) {
		return store.load("acme").block(LIMIT);
	}

}
