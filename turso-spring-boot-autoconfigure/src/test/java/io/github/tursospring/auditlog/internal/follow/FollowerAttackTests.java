package io.github.tursospring.auditlog.internal.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;
import io.github.tursospring.auditlog.internal.follow.FollowerLock.Lease;
import io.github.tursospring.auditlog.internal.http.Backoff;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockResponse;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances that are paused, resumed, replayed, restarted and lose their lock, with a
 * store that fails before and after saving and handlers that fail or hang, follow a log
 * that grows, has late entries and shrinking pages, and is served with faults: nothing is
 * lost, and entries appear in their order. (Which late entries a follow finds is tested
 * by {@code FollowHistoryTests}.)
 */
@Tag("slow")
class FollowerAttackTests {

	private static final CheckpointKey KEY = new CheckpointKey("archive", "acme");

	private static final FollowSettings READING = new FollowSettings(Duration.ofMillis(20), Duration.ofHours(1),
			Duration.ofMillis(50));

	private static final Duration HANDLER_TIMEOUT = Duration.ofMillis(50);

	private final List<Integer> handled = new CopyOnWriteArrayList<>();

	private final List<Application> instances = new ArrayList<>();

	private final Set<LosableLease> leases = ConcurrentHashMap.newKeySet();

	private final AttackedStore store = new AttackedStore();

	private volatile Random handlerFaults;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void followersUnderAttackShouldLoseNothing(long seed) {
		Random random = new Random(seed);
		this.store.random = new Random(seed + 1);
		this.handlerFaults = new Random(seed + 2);
		Set<Integer> added = new TreeSet<>();
		try (MockTursoServer server = MockTursoServer.builder().organization("acme").start()) {
			add(server, added, 1, 300);
			this.instances.addAll(List.of(start(server), start(server)));
			int newest = 300;
			for (int step = 0; step < 60; step++) {
				Application instance = this.instances.get(random.nextInt(2));
				switch (random.nextInt(9)) {
					case 0 -> tolerant(instance.followers().pause(KEY));
					case 1 -> tolerant(instance.followers().resume(KEY));
					case 2 -> {
						instance.stop(random.nextBoolean());
						this.instances.set(this.instances.indexOf(instance), start(server));
					}
					case 3 -> server.enqueue(fault(random), fault(random), fault(random));
					case 4 -> server.log().maxPageSize(1 + random.nextInt(40));
					case 5 -> {
						Instant time = MockEntry.numbered(newest - random.nextInt(20)).createdAt();
						server.log().add(MockEntry.of("late").message("-" + (step + 1)).createdAt(time));
					}
					case 6 -> {
						int from = 1 + random.nextInt(firstUnhandled());
						tolerant(instance.followers().replay(KEY, MockEntry.numbered(from).createdAt()));
					}
					case 7 -> this.leases.stream().findFirst().ifPresent(LosableLease::lose);
					default -> {
						add(server, added, newest + 1, newest + 30);
						newest += 30;
					}
				}
				sleep(random.nextInt(20));
			}
			this.store.random = null;
			int from = 1 + random.nextInt(firstUnhandled());
			int before = this.handled.size();
			this.instances.get(1).followers().replay(KEY, MockEntry.numbered(from).createdAt()).block(Instance.LIMIT);
			this.handlerFaults = null;
			server.log().maxPageSize(40);
			this.instances.get(0).followers().resume(KEY).block(Instance.LIMIT);
			add(server, added, newest + 1, newest + 1);
			Instance.await(() -> assertThat(Set.copyOf(this.handled).containsAll(added)).isTrue());
			assertThat(this.handled.stream().filter((number) -> number > 0).distinct())
				.containsExactlyElementsOf(added);
			assertThat(this.handled.subList(before, this.handled.size()))
				.containsAll(added.stream().filter((number) -> number >= from).toList());
			System.out
				.println("Seed " + seed + ": " + added.size() + " entries, " + (this.handled.size() - added.size())
						+ " repeated or late, " + server.requests().size() + " requests");
			Instance.await(() -> assertThat(this.instances.stream()
				.flatMap((instance) -> instance.followers().statuses().stream())
				.map((status) -> status.state())).containsExactlyInAnyOrder(State.FOLLOWING, State.STANDBY));
		}
	}

	@AfterEach
	void stopInstances() {
		this.instances.forEach((instance) -> instance.stop(true));
	}

	/** A replay from a later time would skip entries. */
	private int firstUnhandled() {
		Set<Integer> numbers = Set.copyOf(this.handled);
		return IntStream.iterate(1, (number) -> number + 1).dropWhile(numbers::contains).findFirst().orElseThrow();
	}

	private static void add(MockTursoServer server, Set<Integer> added, int from, int to) {
		for (int number = from; number <= to; number++) {
			server.log().add(MockEntry.numbered(number));
			added.add(number);
		}
	}

	private static MockResponse fault(Random random) {
		return switch (random.nextInt(7)) {
			case 0 -> MockResponse.error(429, "slow down", null).header("Retry-After", "0");
			case 1 -> MockResponse.status(500);
			case 2 -> MockResponse.page().cutAfter(random.nextInt(500));
			case 3 -> MockResponse.page().resetAfter(random.nextInt(500));
			case 4 -> MockResponse.reset();
			case 5 -> MockResponse.html(502);
			default -> MockResponse.error(401, "no", null);
		};
	}

	private Application start(MockTursoServer server) {
		AtomicBoolean alive = new AtomicBoolean(true);
		AuditLogClient client = AuditLogClient.builder()
			.apiToken(server.token())
			.organization("acme")
			.baseUrl(server.baseUrl())
			.pageSize(40)
			.retryBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(2))
			.build();
		FollowerSettings settings = new FollowerSettings(List.of("acme"), null, READING,
				new Backoff(Duration.ofMillis(5), 2, Duration.ofMillis(40)), Instance.LIMIT, false);
		ManagedFollowers followers = new ManagedFollowers(
				List.of(new Follower("archive", AuditLogQuery.all(), settings,
						new HandlerDelivery((organization, page) -> handle(page), this.store, HANDLER_TIMEOUT))),
				new FollowerEnvironment(client, this.store, (key) -> acquire(alive), Clock.systemUTC()));
		followers.start();
		return new Application(followers, alive);
	}

	private static void tolerant(Mono<Void> operation) {
		operation.onErrorComplete(StoreException.class).block(Instance.LIMIT);
	}

	/** Some calls fail or hang, before or after the page is handled. */
	private Mono<Void> handle(AuditLogPage page) {
		Mono<Void> handling = Flux.fromIterable(page.auditLogs())
			.doOnNext((entry) -> this.handled.add(Integer.parseInt(String.valueOf(entry.message()))))
			.then();
		Random faults = this.handlerFaults;
		return (faults == null) ? handling : switch (faults.nextInt(20)) {
			case 0 -> Mono.error(new IllegalStateException("refused"));
			case 1 -> handling.then(Mono.error(new IllegalStateException("lost response")));
			case 2 -> Mono.never();
			case 3 -> handling.then(Mono.never());
			default -> handling;
		};
	}

	/** The lock of an instance that was stopped expires. */
	private Mono<Lease> acquire(AtomicBoolean alive) {
		return Mono.fromCallable(() -> {
			synchronized (this.leases) {
				this.leases.removeIf((lease) -> !lease.alive.get());
				LosableLease lease = new LosableLease(alive);
				return this.leases.isEmpty() && this.leases.add(lease) ? lease : null;
			}
		});
	}

	private static void sleep(int millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private final class LosableLease implements Lease {

		private final Sinks.Empty<Void> lost = Sinks.empty();

		private final AtomicBoolean alive;

		LosableLease(AtomicBoolean alive) {
			this.alive = alive;
		}

		void lose() {
			FollowerAttackTests.this.leases.remove(this);
			this.lost.tryEmitError(new IllegalStateException("lost"));
		}

		@Override
		public Mono<Void> keep() {
			return this.lost.asMono();
		}

		@Override
		public Mono<Void> release() {
			return Mono.fromRunnable(() -> FollowerAttackTests.this.leases.remove(this));
		}

	}

	private record Application(ManagedFollowers followers, AtomicBoolean alive) {

		void stop(boolean gracefully) {
			if (gracefully) {
				this.followers.stop();
			}
			this.followers.destroy();
			this.alive.set(false);
		}

	}

	private static final class StoreException extends RuntimeException {

	}

	/**
	 * Fails before saving, after saving, or when loading.
	 */
	private static final class AttackedStore implements AuditLogCheckpointStore {

		private final InMemoryAuditLogCheckpointStore stored = new InMemoryAuditLogCheckpointStore();

		private volatile Random random;

		private boolean fails() {
			Random current = this.random;
			return current != null && current.nextInt(6) == 0;
		}

		@Override
		public Mono<String> load(CheckpointKey key) {
			return fails() ? Mono.error(new StoreException()) : this.stored.load(key);
		}

		@Override
		public Mono<Boolean> save(CheckpointKey key, String previous, String position) {
			if (fails()) {
				return Mono.error(new StoreException());
			}
			Mono<Boolean> saved = Mono.defer(() -> this.stored.save(key, previous, position));
			return fails() ? saved.then(Mono.error(new StoreException())) : saved;
		}

	}

}
