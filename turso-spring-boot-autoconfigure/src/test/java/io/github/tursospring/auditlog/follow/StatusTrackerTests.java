package io.github.tursospring.auditlog.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StatusTracker}.
 */
class StatusTrackerTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private final StatusTracker tracker = new StatusTracker(Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void lagShouldNotBeKnownBeforeAnythingIsRead() {
		assertThat(this.tracker.status().lag()).isNull();
		this.tracker.leading(true);
		assertThat(this.tracker.status().lag()).isNull();
		this.tracker.failed(new IllegalStateException("401"));
		assertThat(this.tracker.status().lag()).isNull();
	}

	@Test
	void lagShouldBeTheAgeOfThePageInHand() {
		this.tracker.leading(true);
		this.tracker.received(page(true));
		assertThat(this.tracker.status().lag()).isEqualTo(Duration.ofSeconds(7));
		this.tracker.delivered(page(true));
		assertThat(this.tracker.status().lag()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void lagShouldBeZeroOnceTheLastPageIsDelivered() {
		this.tracker.leading(true);
		this.tracker.received(page(false));
		this.tracker.delivered(page(false));
		assertThat(this.tracker.status().lag()).isZero();
	}

	@Test
	void lagShouldBeZeroAtTheHeadOfAnEmptyLog() {
		this.tracker.leading(true);
		this.tracker.onHead();
		assertThat(this.tracker.status().lag()).isZero();
	}

	@Test
	void lagShouldNotBeKnownWhileAnotherInstanceLeadsNorAtOnceAfter() {
		this.tracker.leading(true);
		this.tracker.onHead();
		this.tracker.leading(false);
		assertThat(this.tracker.status().lag()).isNull();
		this.tracker.leading(true);
		assertThat(this.tracker.status().lag()).isNull();
	}

	@Test
	void lagShouldStayKnownWhereATermIsTakenUpAgain() {
		this.tracker.leading(true);
		this.tracker.received(page(true));
		this.tracker.leading(true);
		assertThat(this.tracker.status().lag()).isEqualTo(Duration.ofSeconds(7));
	}

	private static AuditLogPage page(boolean hasMore) {
		AuditLog entry = AuditLog.builder().createdAt(NOW.minusSeconds(7)).build();
		return new AuditLogPage(List.of(entry), "token", hasMore, null);
	}

}
