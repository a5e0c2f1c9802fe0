package io.github.tursospring.auditlog.internal.delivery;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.delivery.OcsfEvents;

/**
 * Maps entries to log records. Attributes have the names of OpenTelemetry's semantic
 * conventions where there are any.
 */
final class OtlpLogRecords {

	static final AttributeKey<String> ID = AttributeKey.stringKey("turso.audit_log.id");

	private static final AttributeKey<String> CODE = AttributeKey.stringKey("turso.audit_log.code");

	private static final AttributeKey<String> ORIGIN = AttributeKey.stringKey("turso.audit_log.origin");

	private static final AttributeKey<String> CREATED_AT = AttributeKey.stringKey("turso.audit_log.created_at");

	private static final AttributeKey<Value<?>> DATA = AttributeKey.valueKey("turso.audit_log.data");

	private static final AttributeKey<Value<?>> ADDITIONAL = AttributeKey.valueKey("turso.audit_log.additional");

	private static final AttributeKey<String> ORGANIZATION = AttributeKey.stringKey("turso.organization");

	private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

	private static final AttributeKey<String> USER = AttributeKey.stringKey("user.name");

	private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("client.address");

	private static final AttributeKey<String> CITY = AttributeKey.stringKey("geo.locality.name");

	private static final AttributeKey<String> COUNTRY = AttributeKey.stringKey("geo.country.iso_code");

	/** Suffixes of codes for what was deleted or is no longer protected. */
	private static final Pattern DESTRUCTIVE = Pattern.compile(".*-(delete|destroy|rm|remove|unprotect|disable)",
			Pattern.DOTALL);

	/** The last whole second whose nanoseconds are a {@code long}: in 2262. */
	private static final long LAST_SECOND = TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE) - 1;

	private final boolean ocsf;

	private final Clock clock;

	OtlpLogRecords(boolean ocsf, Clock clock) {
		this.ocsf = ocsf;
		this.clock = clock;
	}

	List<LogRecordData> of(String organization, List<AuditLog> entries) {
		Resource resource = Resource.create(Attributes.of(SERVICE, "turso", ORGANIZATION, organization));
		long observed = nanos(this.clock.instant());
		List<LogRecordData> records = new ArrayList<>(entries.size());
		for (AuditLog entry : entries) {
			String code = (entry.code() != null) ? entry.code().value() : null;
			boolean destructive = code != null && DESTRUCTIVE.matcher(code).matches();
			records.add(new OtlpLogRecord(resource, nanos(entry.createdAt()), observed,
					destructive ? Severity.WARN : Severity.INFO, code, body(entry, organization, code),
					attributes(entry, code)));
		}
		return records;
	}

	private Value<?> body(AuditLog entry, String organization, @Nullable String code) {
		if (this.ocsf) {
			return value(OcsfEvents.from(entry, organization));
		}
		String message = entry.message();
		if (message != null && !message.isEmpty()) {
			return Value.of(message);
		}
		return Value.of((code != null) ? code : "");
	}

	private Attributes attributes(AuditLog entry, @Nullable String code) {
		AttributesBuilder attributes = Attributes.builder()
			.put(ID, entry.id())
			.put(CODE, code)
			.put(ORIGIN, entry.origin())
			.put(USER, entry.author())
			.put(ADDRESS, entry.ip())
			.put(CITY, entry.city())
			.put(COUNTRY, entry.countryCode());
		if (entry.createdAt() != null && nanos(entry.createdAt()) == 0) {
			attributes.put(CREATED_AT, entry.createdAt().toString());
		}
		putDegrees(attributes, "geo.location.lat", "turso.audit_log.latitude", entry.latitude());
		putDegrees(attributes, "geo.location.lon", "turso.audit_log.longitude", entry.longitude());
		if (!this.ocsf && !entry.data().isEmpty()) {
			attributes.put(DATA, value(entry.data()));
		}
		if (!this.ocsf && !entry.additional().isEmpty()) {
			attributes.put(ADDITIONAL, value(entry.additional()));
		}
		return attributes.build();
	}

	private static void putDegrees(AttributesBuilder attributes, String name, String otherName, @Nullable String text) {
		if (text == null) {
			return;
		}
		try {
			attributes.put(name, Double.parseDouble(text));
		}
		catch (NumberFormatException ex) {
			attributes.put(otherName, text);
		}
	}

	private static Value<?> value(@Nullable Object json) {
		if (json instanceof Map<?, ?> map) {
			Map<String, Value<?>> values = new LinkedHashMap<>();
			map.forEach((name, member) -> values.put(String.valueOf(name), value(member)));
			return Value.of(values);
		}
		if (json instanceof List<?> list) {
			List<Value<?>> values = new ArrayList<>(list.size());
			list.forEach((element) -> values.add(value(element)));
			return Value.of(values);
		}
		if (json instanceof Boolean flag) {
			return Value.of(flag);
		}
		if (json instanceof Number number) {
			return value(number);
		}
		return (json != null) ? Value.of(json.toString()) : Value.empty();
	}

	/** A number that OTLP cannot represent exactly is sent as text. */
	private static Value<?> value(Number number) {
		if (number instanceof Double || number instanceof Float) {
			return Value.of(number.doubleValue());
		}
		if (number instanceof BigInteger || number instanceof BigDecimal) {
			return Value.of(number.toString());
		}
		return Value.of(number.longValue());
	}

	/** Return 0 (unknown) for a time that OTLP cannot represent. */
	private static long nanos(@Nullable Instant time) {
		if (time == null || time.getEpochSecond() < 0 || time.getEpochSecond() > LAST_SECOND) {
			return 0;
		}
		return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
	}

}
