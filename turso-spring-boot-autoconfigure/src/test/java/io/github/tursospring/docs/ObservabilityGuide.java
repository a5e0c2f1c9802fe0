package io.github.tursospring.docs;

import io.micrometer.common.KeyValues;

import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.observation.AuditLogStreamObservationContext;
import io.github.tursospring.auditlog.observation.DefaultAuditLogStreamObservationConvention;

/**
 * The code of {@code docs/guide/observability.md}.
 */
class ObservabilityGuide {

	// @formatter:off
	@Component
	static class OrganizationConvention extends DefaultAuditLogStreamObservationConvention {

		@Override
		public KeyValues getLowCardinalityKeyValues(AuditLogStreamObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("organization", context.getOrganization());
		}

	}
	// @formatter:on

}
