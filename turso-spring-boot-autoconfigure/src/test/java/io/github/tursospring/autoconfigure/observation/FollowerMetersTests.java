package io.github.tursospring.autoconfigure.observation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.FollowerStatus.Counts;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FollowerMeters}.
 */
class FollowerMetersTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private static final Counts NO_COUNTS = new Counts(0, 0, 0, 0, 0, 0);

	private final AuditLogFollowers followers = mock(AuditLogFollowers.class);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void lagShouldBeLargestOfOrganizations() {
		bind(status(true, Duration.ofSeconds(7), null), status(true, Duration.ofMinutes(3), null),
				status(true, Duration.ZERO, null));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isEqualTo(180);
	}

	@Test
	void lagShouldIgnoreOrganizationsOfOtherInstances() {
		bind(status(true, Duration.ofSeconds(7), NOW.minusSeconds(5)),
				status(false, Duration.ofMinutes(3), NOW.minusSeconds(500)));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isEqualTo(7);
		assertThat(gauge("turso.audit-logs.follow.head.age").value(TimeUnit.SECONDS)).isEqualTo(5);
	}

	@Test
	void lagWhenNotLeadingShouldBeNaN() {
		bind(status(false, Duration.ofMinutes(3), NOW));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isNaN();
		assertThat(gauge("turso.audit-logs.follow.head.age").value(TimeUnit.SECONDS)).isNaN();
	}

	@Test
	void headAgeWhenHeadWasNeverReachedShouldBeNaN() {
		bind(status(true, Duration.ofMinutes(3), null));
		assertThat(gauge("turso.audit-logs.follow.head.age").value(TimeUnit.SECONDS)).isNaN();
	}

	@Test
	void lagWhenUnknownShouldBeNaN() {
		bind(status(true, null, null));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isNaN();
	}

	@Test
	void lagWhenUnknownForOneOrganizationShouldBeThatOfOther() {
		bind(status(true, Duration.ofSeconds(7), null), status(true, null, null));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isEqualTo(7);
	}

	@Test
	void countersShouldBeTheSumOfEachFollowersOrganizations() {
		bind(status("archive", true, null, null, null, new Counts(1, 2, 3, 4, 5, 6)),
				status("archive", true, null, null, null, new Counts(10, 20, 30, 40, 50, 60)),
				status("alerts", true, null, null, null, new Counts(0, 0, 0, 0, 0, 1)));
		assertThat(counter("turso.audit-logs.follow.handler.failures", "archive")).isEqualTo(22);
		assertThat(counter("turso.audit-logs.follow.gaps", "archive")).isEqualTo(66);
		assertThat(counter("turso.audit-logs.follow.gaps", "alerts")).isEqualTo(1);
		assertThat(failures("load")).isEqualTo(33);
		assertThat(failures("save")).isEqualTo(44);
		assertThat(failures("overtaken")).isEqualTo(55);
	}

	@Test
	void pageAgeShouldBeTheTimeThatThePageIsInHand() {
		bind(status("archive", true, null, null, NOW.minusSeconds(90), NO_COUNTS),
				status("alerts", true, null, null, null, NO_COUNTS));
		assertThat(this.registry.get("turso.audit-logs.follow.page.age")
			.tag("follower", "archive")
			.timeGauge()
			.value(TimeUnit.SECONDS)).isEqualTo(90);
		assertThat(this.registry.get("turso.audit-logs.follow.page.age")
			.tag("follower", "alerts")
			.timeGauge()
			.value(TimeUnit.SECONDS)).isZero();
	}

	private double counter(String name, String follower) {
		return this.registry.get(name).tag("follower", follower).functionCounter().count();
	}

	private double failures(String failure) {
		return this.registry.get("turso.audit-logs.checkpoint.failures")
			.tags("follower", "archive", "failure", failure)
			.functionCounter()
			.count();
	}

	private void bind(FollowerStatus... statuses) {
		given(this.followers.statuses()).willReturn(List.of(statuses));
		new FollowerMeters(this.followers, Clock.fixed(NOW, ZoneOffset.UTC)).bindTo(this.registry);
	}

	private static FollowerStatus status(boolean leading, @Nullable Duration lag, @Nullable Instant lastHead) {
		return status("archive", leading, lag, lastHead, null, NO_COUNTS);
	}

	private static FollowerStatus status(String follower, boolean leading, @Nullable Duration lag,
			@Nullable Instant lastHead, @Nullable Instant pageInHandSince, Counts counts) {
		return new FollowerStatus(new CheckpointKey(follower, "acme"), State.FOLLOWING, leading, null, lag, lastHead,
				pageInHandSince, null, null, null, counts);
	}

	private TimeGauge gauge(String name) {
		return this.registry.get(name).timeGauge();
	}

}
