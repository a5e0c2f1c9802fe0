package io.github.tursospring.auditlog.internal.observation;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoException.Reason;
import io.github.tursospring.auditlog.internal.reading.ReadingListener;
import io.github.tursospring.auditlog.observation.AuditLogMeterDocumentation;
import io.github.tursospring.auditlog.observation.AuditLogMeterDocumentation.KeyNames;

/**
 * Measures every read of an audit log. Every meter is registered from the start, at zero.
 */
public final class MeteredReadings implements ReadingObserver {

	private static final Set<Reason> TRANSIENT = EnumSet.of(Reason.RATE_LIMITED, Reason.SERVER_ERROR, Reason.TIMEOUT,
			Reason.TRANSPORT, Reason.PROTOCOL);

	private final Function<Operation, ReadingListener> listeners;

	private final Function<Reason, Counter> retries;

	private final Timer rateLimitWait;

	/**
	 * Create new metrics.
	 * @param registry where the meters are registered
	 */
	public MeteredReadings(MeterRegistry registry) {
		this.listeners = byEach(Operation.class, (operation) -> new MeteredReading(registry, operation));
		this.retries = (reason) -> counter(registry, AuditLogMeterDocumentation.RETRIES, KeyNames.REASON, reason);
		TRANSIENT.forEach((reason) -> counter(registry, AuditLogMeterDocumentation.RETRIES, KeyNames.REASON, reason));
		this.rateLimitWait = Timer.builder(AuditLogMeterDocumentation.RATE_LIMIT_WAIT.getName())
			.description(AuditLogMeterDocumentation.RATE_LIMIT_WAIT.getDescription())
			.register(registry);
	}

	private static <E extends Enum<E>, T> Function<E, T> byEach(Class<E> type, Function<E, T> value) {
		Map<E, T> values = new EnumMap<>(type);
		Arrays.stream(type.getEnumConstants()).forEach((key) -> values.put(key, value.apply(key)));
		return (key) -> Objects.requireNonNull(values.get(key));
	}

	private static Counter counter(MeterRegistry registry, AuditLogMeterDocumentation meter, KeyNames key,
			Enum<?> value) {
		return Counter.builder(meter.getName())
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tag(key.asString(), KeyValues.of(value))
			.register(registry);
	}

	@Override
	public ReadingListener begin(Operation operation, String organization, AuditLogQuery query) {
		return this.listeners.apply(operation);
	}

	/**
	 * The readings of an operation.
	 */
	private final class MeteredReading implements ReadingListener {

		private final Counter entries;

		private final Counter pages;

		private final Counter skipped;

		private final Counter refetched;

		private MeteredReading(MeterRegistry registry, Operation operation) {
			this.entries = counter(registry, AuditLogMeterDocumentation.ENTRIES, KeyNames.OPERATION, operation);
			this.pages = counter(registry, AuditLogMeterDocumentation.PAGES, KeyNames.OPERATION, operation);
			this.skipped = counter(registry, AuditLogMeterDocumentation.SKIPPED, KeyNames.OPERATION, operation);
			this.refetched = counter(registry, AuditLogMeterDocumentation.REFETCHED, KeyNames.OPERATION, operation);
		}

		@Override
		public void onPage(int rows) {
			this.pages.increment();
		}

		@Override
		public void onRetry(TursoException reason, Duration wait) {
			MeteredReadings.this.retries.apply(reason.reason()).increment();
			if (reason.reason() == Reason.RATE_LIMITED) {
				MeteredReadings.this.rateLimitWait.record(wait);
			}
		}

		@Override
		public void onEmitted(int count) {
			this.entries.increment(count);
		}

		@Override
		public void onSkipped(int rows) {
			this.skipped.increment(rows);
		}

		@Override
		public void onRefetch() {
			this.refetched.increment();
		}

	}

}
