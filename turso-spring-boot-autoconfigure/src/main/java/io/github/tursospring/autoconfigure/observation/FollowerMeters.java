package io.github.tursospring.autoconfigure.observation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.FollowerStatus.Counts;
import io.github.tursospring.auditlog.observation.AuditLogMeterDocumentation;
import io.github.tursospring.auditlog.observation.AuditLogMeterDocumentation.KeyNames;

/**
 * Meters of followers, by follower: gauges show the largest value of its organizations,
 * counters the sum.
 *
 * @see AuditLogMeterDocumentation
 */
class FollowerMeters implements MeterBinder {

	private final AuditLogFollowers followers;

	private final Clock clock;

	FollowerMeters(AuditLogFollowers followers, Clock clock) {
		this.followers = followers;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.followers.statuses().stream().map((status) -> status.key().follower()).distinct().forEach((follower) -> {
			gauge(registry, follower, AuditLogMeterDocumentation.FOLLOW_LAG, FollowerStatus::lag);
			gauge(registry, follower, AuditLogMeterDocumentation.FOLLOW_HEAD_AGE, (status) -> since(status.lastHead()));
			gauge(registry, follower, AuditLogMeterDocumentation.FOLLOW_PAGE_AGE, this::pageAge);
			counter(registry, follower, Tags.empty(), AuditLogMeterDocumentation.FOLLOW_HANDLER_FAILURES,
					Counts::handlerFailures);
			counter(registry, follower, Tags.empty(), AuditLogMeterDocumentation.FOLLOW_GAPS, Counts::gaps);
			failures(registry, follower, "load", Counts::loadFailures);
			failures(registry, follower, "save", Counts::saveFailures);
			failures(registry, follower, "overtaken", Counts::overtaken);
		});
	}

	private void failures(MeterRegistry registry, String follower, String failure, ToLongFunction<Counts> value) {
		counter(registry, follower, Tags.of(KeyNames.FAILURE.asString(), failure),
				AuditLogMeterDocumentation.CHECKPOINT_FAILURES, value);
	}

	private void gauge(MeterRegistry registry, String follower, AuditLogMeterDocumentation meter,
			Function<FollowerStatus, @Nullable Duration> value) {
		TimeGauge.builder(meter.getName(), this, TimeUnit.MILLISECONDS, (meters) -> meters.largest(follower, value))
			.description(meter.getDescription())
			.tags(tags(follower))
			.register(registry);
	}

	private void counter(MeterRegistry registry, String follower, Tags tags, AuditLogMeterDocumentation meter,
			ToLongFunction<Counts> value) {
		FunctionCounter
			.builder(meter.getName(), this,
					(meters) -> meters.of(follower).stream().map(FollowerStatus::counts).mapToLong(value).sum())
			.description(meter.getDescription())
			.tags(tags(follower).and(tags))
			.register(registry);
	}

	private static Tags tags(String follower) {
		return Tags.of(KeyNames.FOLLOWER.asString(), follower);
	}

	private List<FollowerStatus> of(String follower) {
		return this.followers.statuses().stream().filter((status) -> status.key().follower().equals(follower)).toList();
	}

	private double largest(String follower, Function<FollowerStatus, @Nullable Duration> value) {
		double largest = Double.NaN;
		for (FollowerStatus status : of(follower)) {
			Duration duration = status.leading() ? value.apply(status) : null;
			if (duration != null && !(duration.toMillis() <= largest)) {
				largest = duration.toMillis();
			}
		}
		return largest;
	}

	private Duration pageAge(FollowerStatus status) {
		Duration age = since(status.pageInHandSince());
		return (age != null) ? age : Duration.ZERO;
	}

	private @Nullable Duration since(@Nullable Instant time) {
		return (time != null) ? Duration.between(time, this.clock.instant()) : null;
	}

}
