package io.github.tursospring.autoconfigure.observation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.github.tursospring.auditlog.follow.CheckpointListener;
import io.github.tursospring.auditlog.observation.AuditLogMeterDocumentation;
import io.github.tursospring.auditlog.observation.AuditLogMeterDocumentation.KeyNames;

/**
 * Counts the failures to load and save positions.
 */
class CheckpointMeters implements CheckpointListener {

	private final Map<Failure, Counter> failures = new EnumMap<>(Failure.class);

	CheckpointMeters(MeterRegistry registry) {
		for (Failure failure : Failure.values()) {
			this.failures.put(failure,
					Counter.builder(AuditLogMeterDocumentation.CHECKPOINT_FAILURES.getName())
						.description(AuditLogMeterDocumentation.CHECKPOINT_FAILURES.getDescription())
						.tag(KeyNames.FAILURE.asString(), failure.name().toLowerCase(Locale.ROOT))
						.register(registry));
		}
	}

	@Override
	public void onFailure(String organization, Failure failure) {
		Objects.requireNonNull(this.failures.get(failure)).increment();
	}

}
