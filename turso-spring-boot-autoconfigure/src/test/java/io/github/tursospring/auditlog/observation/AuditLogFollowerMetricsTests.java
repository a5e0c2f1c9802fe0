package io.github.tursospring.auditlog.observation;

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

import io.github.tursospring.auditlog.follow.FollowerStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuditLogFollowerMetrics}.
 */
class AuditLogFollowerMetricsTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void lagIsThatOfTheOrganizationThatLagsMost() {
		bind(status(true, Duration.ofSeconds(7), null), status(true, Duration.ofMinutes(3), null),
				status(true, Duration.ZERO, null));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isEqualTo(180);
	}

	@Test
	void organizationsThatAnotherInstanceFollowsDoNotCount() {
		bind(status(true, Duration.ofSeconds(7), NOW.minusSeconds(5)),
				status(false, Duration.ofMinutes(3), NOW.minusSeconds(500)));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isEqualTo(7);
		assertThat(gauge("turso.audit-logs.follow.head.age").value(TimeUnit.SECONDS)).isEqualTo(5);
	}

	@Test
	void instanceThatFollowsNoneHasNoLag() {
		bind(status(false, Duration.ofMinutes(3), NOW));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isNaN();
		assertThat(gauge("turso.audit-logs.follow.head.age").value(TimeUnit.SECONDS)).isNaN();
	}

	@Test
	void headThatWasNeverReachedHasNoAge() {
		bind(status(true, Duration.ofMinutes(3), null));
		assertThat(gauge("turso.audit-logs.follow.head.age").value(TimeUnit.SECONDS)).isNaN();
	}

	@Test
	void lagThatIsNotKnownDoesNotCount() {
		bind(status(true, null, null));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isNaN();
	}

	@Test
	void lagThatIsNotKnownDoesNotHideThatOfAnotherOrganization() {
		bind(status(true, Duration.ofSeconds(7), null), status(true, null, null));
		assertThat(gauge("turso.audit-logs.follow.lag").value(TimeUnit.SECONDS)).isEqualTo(7);
	}

	private void bind(FollowerStatus... statuses) {
		new AuditLogFollowerMetrics(() -> List.of(statuses), Clock.fixed(NOW, ZoneOffset.UTC)).bindTo(this.registry);
	}

	private static FollowerStatus status(boolean leading, @Nullable Duration lag, @Nullable Instant lastPoll) {
		return new FollowerStatus(leading, null, lag, lastPoll, null);
	}

	private TimeGauge gauge(String name) {
		return this.registry.get(name).timeGauge();
	}

}
