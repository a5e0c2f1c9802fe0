package io.github.tursospring.auditlog.observation;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.follow.FollowerStatus;

/**
 * Shows how far managed followers lag behind.
 *
 * @since 0.1.0
 * @see AuditLogMeterDocumentation
 */
public final class AuditLogFollowerMetrics implements MeterBinder {

	private final Supplier<? extends Collection<FollowerStatus>> statuses;

	private final Clock clock;

	/**
	 * Create new metrics.
	 * @param statuses supplies what the follower of each organization is doing
	 * @param clock tells the time
	 */
	public AuditLogFollowerMetrics(Supplier<? extends Collection<FollowerStatus>> statuses, Clock clock) {
		this.statuses = statuses;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		register(registry, AuditLogMeterDocumentation.FOLLOW_LAG, FollowerStatus::lag);
		register(registry, AuditLogMeterDocumentation.FOLLOW_HEAD_AGE, this::headAge);
	}

	private void register(MeterRegistry registry, AuditLogMeterDocumentation meter,
			Function<FollowerStatus, @Nullable Duration> value) {
		TimeGauge.builder(meter.getName(), this, TimeUnit.MILLISECONDS, (metrics) -> metrics.largest(value))
			.description(meter.getDescription())
			.register(registry);
	}

	private double largest(Function<FollowerStatus, @Nullable Duration> value) {
		double largest = Double.NaN;
		for (FollowerStatus status : this.statuses.get()) {
			Duration duration = status.leading() ? value.apply(status) : null;
			if (duration != null && !(duration.toMillis() <= largest)) {
				largest = duration.toMillis();
			}
		}
		return largest;
	}

	private @Nullable Duration headAge(FollowerStatus status) {
		return (status.lastPoll() != null) ? Duration.between(status.lastPoll(), this.clock.instant()) : null;
	}

}
