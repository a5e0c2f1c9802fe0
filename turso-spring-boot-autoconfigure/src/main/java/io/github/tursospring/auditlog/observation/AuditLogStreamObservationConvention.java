package io.github.tursospring.auditlog.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.GlobalObservationConvention;

/**
 * Names of the observation of reading an audit log, and of its keys. A bean of this type
 * replaces the default; without Spring Boot, register it with the
 * {@link io.micrometer.observation.ObservationRegistry.ObservationConfig#observationConvention
 * observation registry}.
 *
 * @since 0.1.0
 */
public interface AuditLogStreamObservationConvention
		extends GlobalObservationConvention<AuditLogStreamObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof AuditLogStreamObservationContext;
	}

}
