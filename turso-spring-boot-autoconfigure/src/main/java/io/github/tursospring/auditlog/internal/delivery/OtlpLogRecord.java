package io.github.tursospring.auditlog.internal.delivery;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A log record of an entry. The SDK creates records by loggers only.
 *
 * @param resource the resource
 * @param time when it happened, in nanoseconds since the epoch; 0 if it is not known
 * @param observedTime when it was read, in nanoseconds since the epoch
 * @param severity its severity
 * @param eventName its name, {@code null} if it has none
 * @param body its content
 * @param attributes its attributes
 */
@SuppressWarnings("deprecation")
record OtlpLogRecord(Resource resource, long time, long observedTime, Severity severity, @Nullable String eventName,
		Value<?> body, Attributes attributes) implements LogRecordData {

	private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo
		.create("io.github.tursospring.auditlog");

	@Override
	public Resource getResource() {
		return this.resource;
	}

	@Override
	public InstrumentationScopeInfo getInstrumentationScopeInfo() {
		return SCOPE;
	}

	@Override
	public long getTimestampEpochNanos() {
		return this.time;
	}

	@Override
	public long getObservedTimestampEpochNanos() {
		return this.observedTime;
	}

	@Override
	public SpanContext getSpanContext() {
		return SpanContext.getInvalid();
	}

	@Override
	public Severity getSeverity() {
		return this.severity;
	}

	@Override
	public String getSeverityText() {
		return this.severity.name();
	}

	@Override
	public io.opentelemetry.sdk.logs.data.Body getBody() {
		return io.opentelemetry.sdk.logs.data.Body.string(this.body.asString());
	}

	@Override
	public Value<?> getBodyValue() {
		return this.body;
	}

	@Override
	public Attributes getAttributes() {
		return this.attributes;
	}

	@Override
	public int getTotalAttributeCount() {
		return this.attributes.size();
	}

	@Override
	public @Nullable String getEventName() {
		return this.eventName;
	}

}
