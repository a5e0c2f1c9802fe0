package io.github.tursospring.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.FollowerStatus.Counts;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FollowersHealthIndicator}.
 */
class FollowersHealthIndicatorTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private final AuditLogFollowers followers = mock(AuditLogFollowers.class);

	@Test
	void healthShouldBeUpWhileFollowersFollowStandByOrArePaused() {
		assertThat(health(status("a", State.FOLLOWING, null, null, null), status("b", State.STANDBY, null, null, null),
				status("c", State.PAUSED, null, null, null))
			.getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void healthShouldBeDownOnceAFollowerHasFailedForLongerThanTheLimit() {
		FollowerStatus following = status("a", State.FOLLOWING, null, null, null);
		assertThat(health(following, status("b", State.FAILING, NOW.minusSeconds(299), null, null)).getStatus())
			.isEqualTo(Status.UP);
		assertThat(health(following, status("b", State.FAILING, NOW.minusSeconds(301), null, null)).getStatus())
			.isEqualTo(Status.DOWN);
	}

	@Test
	void healthShouldBeDownOnceAPageIsInHandForLongerThanTheLimit() {
		assertThat(health(status("a", State.FOLLOWING, null, NOW.minusSeconds(301), null)).getStatus())
			.isEqualTo(Status.DOWN);
	}

	@Test
	void healthShouldBeDownAtOnceWhenAFollowerHasStoppedAtAGap() {
		AuditLogGap gap = new AuditLogGap(NOW.minusSeconds(900), NOW.minusSeconds(600));
		Health health = health(status("a", State.STOPPED_AT_GAP, null, null, gap));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).extractingByKey("a")
			.extracting("acme")
			.extracting("gap")
			.isEqualTo(Map.of("position", "2026-01-01T11:45:00Z", "oldestEntry", "2026-01-01T11:50:00Z"));
	}

	@Test
	void healthShouldShowWhatEachFollowerDoes() {
		FollowerStatus status = new FollowerStatus(new CheckpointKey("archive", "acme"), State.FAILING, true,
				NOW.minusSeconds(60), Duration.ofSeconds(7), NOW.minusSeconds(30), NOW.minusSeconds(3),
				NOW.minusSeconds(2), "no disk", null, new Counts(0, 0, 0, 0, 0, 0));
		assertThat(health(status).getDetails()).isEqualTo(Map.of("archive",
				Map.of("acme",
						Map.of("state", "FAILING", "leading", true, "position", "2026-01-01T11:59:00Z", "lag", "7s",
								"lastHead", "2026-01-01T11:59:30Z", "pageInHandSince", "2026-01-01T11:59:57Z",
								"failingSince", "2026-01-01T11:59:58Z", "lastError", "no disk"))));
	}

	private Health health(FollowerStatus... statuses) {
		given(this.followers.statuses()).willReturn(List.of(statuses));
		Health health = new FollowersHealthIndicator(this.followers, Duration.ofMinutes(5),
				Clock.fixed(NOW, ZoneOffset.UTC))
			.health()
			.block(Duration.ofSeconds(10));
		assertThat(health).isNotNull();
		return health;
	}

	private static FollowerStatus status(String follower, State state, @Nullable Instant failingSince,
			@Nullable Instant pageInHandSince, @Nullable AuditLogGap gap) {
		return new FollowerStatus(new CheckpointKey(follower, "acme"), state, true, null, null, null, pageInHandSince,
				failingSince, null, gap, new Counts(0, 0, 0, 0, 0, 0));
	}

}
