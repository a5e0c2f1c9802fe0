package io.github.tursospring.auditlog.observation;

import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.observation.AuditLogObservationDocumentation.HighCardinalityKeyNames;
import io.github.tursospring.auditlog.observation.AuditLogObservationDocumentation.LowCardinalityKeyNames;

/**
 * Default {@link AuditLogStreamObservationConvention}: has neither the organization nor
 * the filters.
 *
 * @since 0.1.0
 */
public class DefaultAuditLogStreamObservationConvention implements AuditLogStreamObservationConvention {

	private static final String NAME = "turso.audit-logs.stream";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(AuditLogStreamObservationContext context) {
		return "turso audit-logs " + context.getOperation();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AuditLogStreamObservationContext context) {
		return KeyValues.of(operation(context), order(context), outcome(context));
	}

	/**
	 * Return the key value of the operation.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue operation(AuditLogStreamObservationContext context) {
		return KeyValue.of(LowCardinalityKeyNames.OPERATION, context.getOperation());
	}

	/**
	 * Return the key value of the order.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue order(AuditLogStreamObservationContext context) {
		Order order = context.getQuery().order();
		boolean follow = context.getOperation().equals("follow");
		Order actual = (order != null) ? order : follow ? Order.ASC : Order.DESC;
		return KeyValue.of(LowCardinalityKeyNames.ORDER, actual.name().toLowerCase(Locale.ROOT));
	}

	/**
	 * Return the key value of the outcome.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue outcome(AuditLogStreamObservationContext context) {
		return KeyValue.of(LowCardinalityKeyNames.OUTCOME, context.getOutcome().name());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AuditLogStreamObservationContext context) {
		return KeyValues.of(KeyValue.of(HighCardinalityKeyNames.ENTRIES, Long.toString(context.getEntries())),
				KeyValue.of(HighCardinalityKeyNames.PAGES, Long.toString(context.getPages())));
	}

}
