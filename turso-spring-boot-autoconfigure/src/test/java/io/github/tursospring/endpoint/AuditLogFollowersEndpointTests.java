package io.github.tursospring.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.FollowerStatus.Counts;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link AuditLogFollowersEndpoint}.
 */
class AuditLogFollowersEndpointTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final CheckpointKey ACME = new CheckpointKey("archive", "acme");

	private static final CheckpointKey GLOBEX = new CheckpointKey("archive", "globex");

	private final AuditLogFollowers followers = mock(AuditLogFollowers.class);

	private final AuditLogFollowersEndpoint endpoint = new AuditLogFollowersEndpoint(this.followers);

	@BeforeEach
	void setUp() {
		given(this.followers.statuses())
			.willReturn(List.of(status(ACME), status(GLOBEX), status(new CheckpointKey("alerts", "acme"))));
		given(this.followers.pause(any())).willReturn(Mono.empty());
		given(this.followers.resume(any())).willReturn(Mono.empty());
		given(this.followers.replay(any(), any())).willReturn(Mono.empty());
	}

	@Test
	void followersShouldBeShownByNameAndOrganization() {
		assertThat(this.endpoint.followers().followers()).containsOnlyKeys("alerts", "archive");
		assertThat(this.endpoint.follower("archive")).containsOnlyKeys("acme", "globex")
			.containsEntry("acme", status(ACME));
		assertThat(this.endpoint.follower("nobody")).isNull();
	}

	@Test
	void pauseShouldApplyToAllOrganizationsOrTheOneNamed() {
		this.endpoint.operate("archive", "pause", null, null).block(LIMIT);
		verify(this.followers).pause(ACME);
		verify(this.followers).pause(GLOBEX);
		this.endpoint.operate("archive", "resume", "acme", null).block(LIMIT);
		verify(this.followers).resume(ACME);
		verify(this.followers, never()).resume(GLOBEX);
	}

	@Test
	void pauseWhenItFailsForOneOrganizationShouldApplyToTheOthers() {
		given(this.followers.pause(ACME)).willReturn(Mono.error(new IllegalStateException("no database")));
		assertThatIllegalStateException()
			.isThrownBy(() -> this.endpoint.operate("archive", "pause", null, null).block(LIMIT))
			.withMessage("no database");
		verify(this.followers).pause(GLOBEX);
	}

	@Test
	void replayShouldStartAtTheTime() {
		assertThat(this.endpoint.operate("archive", "replay", "acme", "2026-01-31T00:00:00Z").block(LIMIT))
			.containsOnlyKeys("acme", "globex");
		verify(this.followers).replay(ACME, Instant.parse("2026-01-31T00:00:00Z"));
	}

	@Test
	void requestThatIsWrongShouldSayWhatIsRight() {
		assertRefused("nobody", "pause", null, null, "no follower 'nobody'");
		assertRefused("archive", "pause", "initech", null, "organization 'initech'");
		assertRefused("archive", "stop", null, null, "'pause', 'resume' or 'replay'");
		assertRefused("archive", "resume", null, "2026-01-31T00:00:00Z", "'from' is for 'replay' only");
		assertRefused("archive", "replay", null, null, "'from'");
		assertRefused("archive", "replay", null, "yesterday", "'from'");
		assertRefused("archive", "replay", null, "2100-01-01T00:00:00Z", "in the past");
		verify(this.followers, never()).pause(any());
	}

	private void assertRefused(String follower, String action, String organization, String from, String message) {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.operate(follower, action, organization, from).block(LIMIT))
			.satisfies((ex) -> assertThat(ex.getReason()).contains(message));
	}

	private static FollowerStatus status(CheckpointKey key) {
		return new FollowerStatus(key, State.FOLLOWING, true, null, null, null, null, null, null, null,
				new Counts(0, 0, 0, 0, 0, 0));
	}

}
