package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entries that are dated later than the response that shows them stay at the head of the
 * log, whatever comes after them. They are delivered, and do not move a position.
 */
@ExtendWith(OutputCaptureExtension.class)
class DatedAheadTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Duration POLL = Duration.ofSeconds(30);

	private static final long START = 1_700_000_000L;

	private static final long YEAR_2100 = 4_102_444_800L;

	private final ModelLog log = ModelLog.still(50);

	private final List<String> delivered = new ArrayList<>();

	private @Nullable String token;

	private @Nullable Throwable error;

	private int requests;

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 100 })
	void followWhenEntryIsDatedAheadShouldDeliverLaterEntriesOnce(int pageSize) {
		this.log.insertAhead(YEAR_2100);
		follow(pageSize, Duration.ofSeconds(60), (time) -> {
			for (int i = 0; i < 20; i++) {
				insert(i % 4);
				time.advanceTimeBy(POLL);
			}
		});
		assertThat(this.delivered).containsExactlyInAnyOrderElementsOf(messages());
	}

	@Test
	void followWhenEntryIsDatedAheadAndLogIsQuietShouldDeliverLateEntry() {
		this.log.insertAhead(YEAR_2100);
		this.log.clockError(90);
		follow(100, Duration.ofSeconds(60), (time) -> {
			this.log.insert(this.log.headSecond() - 10);
			time.advanceTimeBy(POLL);
		});
		assertThat(this.delivered).containsExactlyInAnyOrderElementsOf(messages());
	}

	@Test
	void followWithoutLookbackWhenEntriesAreDatedAheadShouldDeliverEachOnce() {
		follow(100, Duration.ZERO, (time) -> {
			for (int i = 0; i < 20; i++) {
				insert(2);
				this.log.insertAhead(this.log.headSecond() + 20);
				time.advanceTimeBy(POLL);
			}
		});
		assertThat(this.delivered).containsExactlyInAnyOrderElementsOf(messages());
	}

	@Test
	void followWhenRestartedWithEntryDatedAheadShouldDeliverEachOnce() {
		this.log.insertAhead(YEAR_2100);
		for (int i = 0; i < 10; i++) {
			follow(10, Duration.ofSeconds(60), (time) -> {
				insert(3);
				time.advanceTimeBy(POLL.multipliedBy(2));
			});
			insert(2);
		}
		follow(10, Duration.ofSeconds(60), (time) -> {
		});
		assertThat(this.delivered).containsExactlyInAnyOrderElementsOf(messages());
	}

	@Test
	void followWhenTimeOfEntryDatedAheadHasComeShouldForgetItAndDeliverEachOnce() {
		this.log.insertAhead(START + 50 + 600);
		follow(10, Duration.ofSeconds(60), (time) -> {
			for (int i = 0; i < 100; i++) {
				insert(1);
				time.advanceTimeBy(POLL);
				this.log.insert(this.log.headSecond() + 20);
			}
			time.advanceTimeBy(POLL);
		});
		assertThat(this.delivered).containsExactlyInAnyOrderElementsOf(messages());
		assertThat(this.token).as("forgotten").hasSizeLessThan(300);
	}

	@Test
	void followWhenClockOfServerJumpsShouldLoseAndRepeatNothing() {
		for (int i = 0; i < 40; i++) {
			this.log.clockError(new long[] { 0, -3600, 86_400, -90, 30 }[i % 5]);
			follow(10, Duration.ofSeconds((i % 2 == 0) ? 0 : 60), (time) -> {
				insert(2);
				time.advanceTimeBy(POLL);
				insert(1);
				time.advanceTimeBy(POLL);
			});
		}
		assertThat(this.error).isNull();
		assertThat(this.delivered).containsExactlyInAnyOrderElementsOf(messages());
	}

	@Test
	void followWhenLogHoldsOnlyEntriesDatedAheadShouldDeliverEachOnce() {
		this.log.removeOldest(50);
		this.log.insertAhead(YEAR_2100);
		this.log.insertAhead(YEAR_2100 + 1);
		follow(10, Duration.ofSeconds(60), (time) -> {
			insert(300);
			time.advanceTimeBy(POLL);
		});
		assertThat(this.delivered).hasSize(302).doesNotHaveDuplicates();
	}

	@Test
	void followWhenEntryIsDatedAheadShouldWarnOnce(CapturedOutput output) {
		this.log.insertAhead(YEAR_2100);
		for (int i = 0; i < 3; i++) {
			follow(10, Duration.ofSeconds(60), (time) -> time.advanceTimeBy(POLL.multipliedBy(3)));
		}
		assertThat(output).containsOnlyOnce("WARN")
			.contains("The audit log of organization 'acme' has 1 entry dated later than its server's clock, up to "
					+ "2100-01-01T00:00:00Z: delivered, but the position stays before them");
	}

	@Test
	void followWhenQuietLogHasEntryDatedAheadShouldSendOneRequestAPoll() {
		this.log.insertAhead(YEAR_2100);
		follow(10, Duration.ofSeconds(60), (time) -> {
			this.requests = 0;
			time.advanceTimeBy(POLL.multipliedBy(100));
			assertThat(this.requests).isEqualTo(100);
		});
	}

	@Test
	void followWhenMoreEntriesAreDatedAheadThanAPositionHoldsShouldRefuse() {
		for (int i = 0; i < 101; i++) {
			this.log.insertAhead(YEAR_2100 + i);
		}
		follow(100, Duration.ofSeconds(60), (time) -> time.advanceTimeBy(POLL));
		assertThat(this.error).isInstanceOf(TursoProtocolException.class).hasMessageContaining("dated later");
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void streamWhenEntriesAreDatedAheadShouldReadWhatWasThereAtItsStart(Order order) {
		for (int i = 0; i < 3; i++) {
			this.log.insertAhead(YEAR_2100 + i / 2);
		}
		List<String> before = messages();
		int[] fetched = new int[1];
		LogReader reader = reader(AuditLogQuery.builder().order(order).build(), 10, () -> {
			if (fetched[0]++ > 0) {
				insert(2);
				this.log.insertAhead(YEAR_2100);
			}
		});
		List<String> read = reader.entries(1).map(AuditLog::message).collectList().block(LIMIT);
		assertThat(read).containsExactlyInAnyOrderElementsOf(before);
	}

	@Test
	void followWhenResumedFromStreamOldestFirstShouldDeliverEachOnce() {
		this.log.insertAhead(YEAR_2100);
		AuditLogPage last = reader(AuditLogQuery.builder().order(Order.ASC).build(), 10, () -> {
		}).pages(1).doOnNext(this::deliver).blockLast(LIMIT);
		assertThat(last).isNotNull();
		insert(20);
		follow(10, Duration.ofSeconds(60), (time) -> time.advanceTimeBy(POLL));
		assertThat(this.delivered).containsExactlyInAnyOrderElementsOf(messages());
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void listWhenEntriesAreDatedAheadShouldReadEachOnce(Order order) {
		this.log.insertAhead(YEAR_2100);
		this.log.insertAhead(YEAR_2100);
		List<String> before = messages();
		do {
			AuditLogQuery query = AuditLogQuery.builder().order(order).pageToken(this.token).build();
			deliver(reader(query, 7, () -> {
			}).page().block(LIMIT));
		}
		while (this.token != null);
		assertThat(this.delivered).containsExactlyInAnyOrderElementsOf(before);
	}

	private void insert(int rows) {
		for (int i = 0; i < rows; i++) {
			this.log.insert(this.log.headSecond() + i % 2);
		}
	}

	private List<String> messages() {
		List<AuditLog> all = new ArrayList<>(this.log.removed());
		all.addAll(this.log.rows());
		return all.stream().map(AuditLog::message).filter((message) -> message != null).toList();
	}

	private LogReader reader(AuditLogQuery query, int pageSize, Runnable beforeAnswer) {
		return new LogReader((page, size) -> Mono.fromSupplier(() -> {
			this.requests++;
			beforeAnswer.run();
			return this.log.answer(page, size);
		}), "acme", query, pageSize);
	}

	private void follow(int pageSize, Duration lookback, Consumer<VirtualTimeScheduler> story) {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			LogReader reader = reader(AuditLogQuery.builder().pageToken(this.token).build(), pageSize, () -> {
			});
			Disposable following = new LogFollower(reader, new FollowSettings(POLL, lookback, POLL)).pages()
				.subscribe(this::deliver, (ex) -> this.error = ex);
			story.accept(time);
			following.dispose();
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	private void deliver(AuditLogPage page) {
		page.auditLogs().stream().map(AuditLog::message).forEach(this.delivered::add);
		this.token = page.nextPageToken();
	}

}
