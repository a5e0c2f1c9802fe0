package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StatusTracker}.
 */
class StatusTrackerTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private Instant now = NOW;

	private final InstantSource time = () -> this.now;

	private final StatusTracker tracker = new StatusTracker(new CheckpointKey("archive", "acme"),
			this.time.withZone(ZoneOffset.UTC));

	@Test
	void lagShouldNotBeKnownBeforeAnythingIsRead() {
		assertThat(this.tracker.status().lag()).isNull();
		this.tracker.leading("starts", "memory");
		assertThat(this.tracker.status().lag()).isNull();
		this.tracker.failed(new IllegalStateException("401"));
		assertThat(this.tracker.status().lag()).isNull();
	}

	@Test
	void lagShouldBeTheAgeOfThePageInHand() {
		this.tracker.leading("starts", "memory");
		this.tracker.received(page(true));
		assertThat(this.tracker.status().lag()).isEqualTo(Duration.ofSeconds(7));
		this.tracker.delivered(page(true));
		assertThat(this.tracker.status().lag()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void lagShouldNotBeZeroBecauseOfAnEntryThatIsDatedAhead() {
		this.tracker.leading("starts", "memory");
		this.tracker.received(page(true, NOW.minusSeconds(30), Instant.parse("2100-01-01T00:00:00Z")));
		assertThat(this.tracker.status().lag()).isEqualTo(Duration.ofSeconds(30));
		this.tracker.delivered(page(true, NOW.minusSeconds(30), Instant.parse("2100-01-01T00:00:00Z")));
		assertThat(this.tracker.status().position()).isEqualTo(NOW.minusSeconds(30));
	}

	@Test
	void lagShouldBeZeroOnceTheLastPageIsDelivered() {
		this.tracker.leading("starts", "memory");
		this.tracker.received(page(false));
		this.tracker.delivered(page(false));
		assertThat(this.tracker.status().lag()).isZero();
	}

	@Test
	void lagShouldBeZeroAtTheHeadOfAnEmptyLog() {
		this.tracker.leading("starts", "memory");
		this.tracker.onHead();
		assertThat(this.tracker.status().lag()).isZero();
	}

	@Test
	void lagShouldNotBeKnownWhileAnotherInstanceLeadsNorAtOnceAfter() {
		this.tracker.leading("starts", "memory");
		this.tracker.onHead();
		this.tracker.standingBy();
		assertThat(this.tracker.status().lag()).isNull();
		this.tracker.leading("starts", "memory");
		assertThat(this.tracker.status().lag()).isNull();
	}

	@Test
	void lagShouldStayKnownWhereATermIsTakenUpAgain() {
		this.tracker.leading("starts", "memory");
		this.tracker.received(page(true));
		this.tracker.leading("starts", "memory");
		assertThat(this.tracker.status().lag()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void lagShouldNotBeKnownWhileReadingFails() {
		this.tracker.leading("starts", "memory");
		this.tracker.onHead();
		this.tracker.onRetry(new IllegalStateException("429"), Duration.ofSeconds(60));
		assertThat(this.tracker.status().lag()).isNull();
		assertThat(this.tracker.status().lastHead()).isEqualTo(NOW);
		assertThat(this.tracker.status().failingSince()).isEqualTo(NOW);
	}

	@Test
	void readingShouldBeStalledOnceNoResponseArrives() {
		Duration timeout = Duration.ofMinutes(15);
		this.tracker.leading("starts", "memory");
		this.now = NOW.plus(timeout);
		this.tracker.onRead(true);
		this.now = NOW.plus(timeout.multipliedBy(2));
		assertThat(this.tracker.isStalled(timeout)).isFalse();
		this.now = this.now.plusMillis(1);
		assertThat(this.tracker.isStalled(timeout)).isTrue();
	}

	@Test
	void readingThatFailedShouldHaveRecoveredWithFurtherEntries() {
		this.tracker.leading("starts", "memory");
		this.tracker.onRetry(new IllegalStateException("502"), Duration.ofSeconds(1));
		this.tracker.onRetry(new IllegalStateException("502"), Duration.ofSeconds(2));
		this.tracker.onRead(true);
		assertThat(this.tracker.status().state()).isEqualTo(State.FOLLOWING);
		assertThat(this.tracker.status().failingSince()).isNull();
	}

	@Test
	void readingThatFailedShouldNotHaveRecoveredWithAResponseThatLeadsNoFurther() {
		this.tracker.leading("starts", "memory");
		this.tracker.onRetry(new IllegalStateException("502"), Duration.ofSeconds(1));
		this.tracker.onRead(false);
		assertThat(this.tracker.status().failingSince()).isEqualTo(NOW);
	}

	@Test
	void pageThatIsReadAgainShouldNotEndTheFailureOfALock() {
		this.tracker.leading("starts", "memory");
		this.tracker.received(page(true));
		this.tracker.notLeading();
		this.tracker.attemptFailed(new IllegalStateException("the lock cannot be extended"));
		this.tracker.leading("starts", "memory");
		this.tracker.onRead(true);
		assertThat(this.tracker.status().failingSince()).isEqualTo(NOW);
	}

	@Test
	void deliveryThatFailedShouldNotHaveRecoveredWithTheNextResponse() {
		this.tracker.leading("starts", "memory");
		this.tracker.received(page(true));
		this.tracker.failed(new IllegalStateException("handler"));
		this.tracker.onRetry(new IllegalStateException("502"), Duration.ofSeconds(1));
		this.tracker.onRead(true);
		assertThat(this.tracker.status().state()).isEqualTo(State.FAILING);
		this.tracker.attemptFailed(new IllegalStateException("handler"));
		this.tracker.failed(new IllegalStateException("lock"));
		this.tracker.onRead(true);
		assertThat(this.tracker.status().state()).isEqualTo(State.FAILING);
	}

	private static AuditLogPage page(boolean hasMore) {
		return page(hasMore, NOW.minusSeconds(7));
	}

	private static AuditLogPage page(boolean hasMore, Instant... times) {
		List<AuditLog> entries = Stream.of(times).map((time) -> AuditLog.builder().createdAt(time).build()).toList();
		return new AuditLogPage(entries, "token", hasMore, null);
	}

}
