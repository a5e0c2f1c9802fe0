package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoApiError;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoForbiddenException;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.TursoSubscriptionException;
import io.github.tursospring.auditlog.TursoTransportException;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;
import io.github.tursospring.auditlog.internal.http.SourcePage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Follows a log in virtual time.
 */
class FollowTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Duration POLL = Duration.ofSeconds(30);

	private static final long START = 1_700_000_000L;

	private static final TursoApiError REFUSED = new TursoApiError(400, null, null, "GET", "/");

	private final ModelLog log = ModelLog.still(1000);

	private final List<Integer> pageSizes = new ArrayList<>();

	private final List<String> delivered = new ArrayList<>();

	private String token;

	private TursoException failure;

	@Test
	void followShouldDeliverBacklogWithoutWaiting() {
		follow(AuditLogQuery.all(), (time) -> assertThat(this.delivered).isEqualTo(expected(0, 1000)));
	}

	@Test
	void followWhenEntriesAreAddedShouldDeliverThemAtTheNextPoll() {
		follow(AuditLogQuery.all(), (time) -> {
			assertThat(this.delivered).hasSize(1000);
			this.log.insert(START + 2000);
			this.log.insert(START + 2000);
			time.advanceTimeBy(POLL);
			assertThat(this.delivered).isEqualTo(expected(0, 1002));
		});
	}

	@Test
	void followWhenLogIsQuietShouldSendOneSmallRequestAPoll() {
		follow(AuditLogQuery.all(), (time) -> {
			this.pageSizes.clear();
			time.advanceTimeBy(POLL.multipliedBy(100));
			assertThat(this.pageSizes).hasSize(100).allMatch((size) -> size <= 75);
			assertThat(this.delivered).hasSize(1000);
		});
	}

	@Test
	void followWhenMoreThanAPageIsAddedShouldDeliverItInOnePoll() {
		follow(AuditLogQuery.all(), (time) -> {
			for (int i = 0; i < 5000; i++) {
				this.log.insert(START + 2000 + i / 7);
			}
			time.advanceTimeBy(POLL);
			assertThat(this.delivered).isEqualTo(expected(0, 6000));
		});
	}

	@Test
	void followWhenEntriesAreLateWithinLookbackShouldDeliverThemOnce() {
		follow(AuditLogQuery.all(), (time) -> {
			this.log.insert(START + 999 - 60, "late");
			this.log.insert(START + 999 - 30, "later");
			this.log.insert(START + 999, "of the same second");
			time.advanceTimeBy(POLL.multipliedBy(3));
			assertThat(this.delivered.subList(1000, this.delivered.size())).containsExactly("late", "later",
					"of the same second");
		});
	}

	@Test
	void followWhenLogIsEmptyShouldDeliverLaterEntries() {
		this.log.removeOldest(1000);
		follow(AuditLogQuery.all(), (time) -> {
			time.advanceTimeBy(POLL);
			assertThat(this.delivered).isEmpty();
			this.log.insert(START + 2000);
			time.advanceTimeBy(POLL);
			assertThat(this.delivered).hasSize(1);
		});
	}

	@Test
	void followWhenBacklogIsRemovedShouldDeliverNewEntries() {
		follow(AuditLogQuery.all(), (time) -> {
			this.log.removeOldest(990);
			this.log.insert(START + 2000);
			time.advanceTimeBy(POLL);
			this.log.removeOldest(11);
			this.log.insert(START + 2001);
			time.advanceTimeBy(POLL);
			assertThat(this.delivered).isEqualTo(expected(0, 1002));
		});
	}

	@Test
	void followWhenResumedShouldDeliverOnlyWhatWasAddedMeanwhile() {
		follow(AuditLogQuery.all(), (time) -> {
		});
		this.delivered.clear();
		this.log.insert(START + 970, "late while away");
		this.log.insert(START + 5000, "new while away");
		follow(AuditLogQuery.builder().pageToken(this.token).startTime(Instant.ofEpochSecond(START + 9000)).build(),
				(time) -> assertThat(this.delivered).containsExactly("late while away", "new while away"));
	}

	@Test
	void followWhenStartTimeIsSetShouldDeliverNothingOlder() {
		follow(AuditLogQuery.builder().startTime(Instant.ofEpochSecond(START + 990)).build(), (time) -> {
			assertThat(this.delivered).isEqualTo(expected(990, 1000));
			this.log.insert(START + 980, "late, before the start");
			this.log.insert(START + 995, "late");
			time.advanceTimeBy(POLL);
			assertThat(this.delivered).hasSize(11).endsWith("late");
		});
	}

	@Test
	void followWhenNoEntryMatchesShouldDeliverNothingAndMoveItsPosition() {
		follow(AuditLogQuery.builder().author("nobody").build(), (time) -> {
			assertThat(this.delivered).isEmpty();
			assertThat(this.token).isNotNull();
			String atHead = this.token;
			time.advanceTimeBy(POLL.multipliedBy(3));
			assertThat(this.token).isEqualTo(atHead);
			this.log.insert(START + 2000);
			time.advanceTimeBy(POLL);
			assertThat(this.token).isNotEqualTo(atHead);
		});
	}

	@Test
	void followWhenErrorsPassShouldRetryAndLoseNothing() {
		follow(AuditLogQuery.all(), (time) -> {
			this.failure = new TursoTransportException("no route", null);
			this.log.insert(START + 2000);
			this.pageSizes.clear();
			time.advanceTimeBy(Duration.ofHours(1));
			assertThat(this.pageSizes).as("one a minute, after the first few").hasSizeBetween(55, 75);
			this.failure = null;
			time.advanceTimeBy(Duration.ofMinutes(1));
			assertThat(this.delivered).isEqualTo(expected(0, 1001));
		});
	}

	@Test
	void followWhenRateLimitedShouldWaitAsAskedUpToTheLongestBackoff() {
		for (Duration asked : List.of(Duration.ofSeconds(60), Duration.ofMinutes(10))) {
			this.failure = null;
			follow(AuditLogQuery.all(), (time) -> {
				this.failure = new TursoRateLimitedException("slow down", REFUSED, asked);
				time.advanceTimeBy(POLL);
				this.pageSizes.clear();
				time.advanceTimeBy(Duration.ofSeconds(59));
				assertThat(this.pageSizes).isEmpty();
				time.advanceTimeBy(Duration.ofSeconds(1));
				assertThat(this.pageSizes).hasSize(1);
			});
		}
	}

	@Test
	void followWhenErrorIsPermanentShouldFail() {
		for (TursoException refusal : List.of(new TursoAuthenticationException("401", REFUSED),
				new TursoSubscriptionException("402", REFUSED), new TursoForbiddenException("403", REFUSED),
				new TursoNotFoundException("404", REFUSED))) {
			this.failure = refusal;
			StepVerifier.create(follow(AuditLogQuery.all())).expectErrorMessage(refusal.getMessage()).verify(LIMIT);
		}
	}

	@Test
	void followWhenNothingIsDemandedShouldNotPoll() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			StepVerifier.create(follow(AuditLogQuery.all()), 1)
				.expectNextCount(1)
				.then(() -> this.pageSizes.clear())
				.then(() -> time.advanceTimeBy(Duration.ofDays(1)))
				.then(() -> assertThat(this.pageSizes).isEmpty())
				.thenCancel()
				.verify(LIMIT);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void followWhenTokenIsOfAnotherFilterShouldRefuse() {
		follow(AuditLogQuery.all(), (time) -> {
		});
		AuditLogQuery other = AuditLogQuery.builder().code("db-delete").pageToken(this.token).build();
		assertThatIllegalArgumentException().isThrownBy(() -> follow(other).blockFirst(LIMIT))
			.withMessageContaining("filters");
	}

	private void follow(AuditLogQuery query, Consumer<VirtualTimeScheduler> story) {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			Disposable following = follow(query).subscribe(this::deliver);
			try {
				story.accept(time);
			}
			finally {
				following.dispose();
			}
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	private Flux<AuditLogPage> follow(AuditLogQuery query) {
		return new LogFollower(new LogReader(this::fetch, "acme", query, 100),
				new FollowSettings(POLL, Duration.ofSeconds(60), Duration.ofMinutes(1)))
			.pages();
	}

	private Mono<SourcePage> fetch(int page, int pageSize) {
		return Mono.defer(() -> {
			this.pageSizes.add(pageSize);
			return (this.failure != null) ? Mono.error(this.failure) : Mono.just(this.log.answer(page, pageSize));
		});
	}

	private void deliver(AuditLogPage page) {
		page.auditLogs().stream().map(AuditLog::message).forEach(this.delivered::add);
		this.token = page.nextPageToken();
	}

	private static List<String> expected(int from, int to) {
		List<String> messages = new ArrayList<>();
		for (int i = from; i < to; i++) {
			messages.add("entry " + i);
		}
		return messages;
	}

}
