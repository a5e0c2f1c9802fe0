package io.github.tursospring.auditlog.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names of the observation of reading an audit log, and of its keys. A bean of this type
 * takes the place of the default.
 *
 * @since 0.1.0
 */
public interface AuditLogStreamObservationConvention extends ObservationConvention<AuditLogStreamObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof AuditLogStreamObservationContext;
	}

}
