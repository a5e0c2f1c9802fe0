package io.github.tursospring.auditlog;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes an entry with the field names that Turso uses, and its id.
 */
final class AuditLogSerializer extends ValueSerializer<AuditLog> {

	@Override
	public void serialize(AuditLog entry, JsonGenerator generator, SerializationContext context) {
		AuditLogCode code = entry.code();
		Instant createdAt = entry.createdAt();
		generator.writeStartObject(entry);
		generator.writeStringProperty("id", entry.id());
		writeDocumented("code", (code != null) ? code.value() : null, entry, generator);
		writeDocumented("message", entry.message(), entry, generator);
		writeDocumented("origin", entry.origin(), entry, generator);
		writeDocumented("author", entry.author(), entry, generator);
		writeDocumented("created_at", (createdAt != null) ? createdAt.toString() : null, entry, generator);
		if (!entry.data().isEmpty() || !entry.additional().containsKey("data")) {
			generator.writeName("data");
			context.writeValue(generator, entry.data());
		}
		writeIfPresent("ip", entry.ip(), generator);
		writeIfPresent("city", entry.city(), generator);
		writeIfPresent("country_code", entry.countryCode(), generator);
		writeIfPresent("latitude", entry.latitude(), generator);
		writeIfPresent("longitude", entry.longitude(), generator);
		entry.additional().forEach((name, value) -> {
			generator.writeName(name);
			context.writeValue(generator, value);
		});
		generator.writeEndObject();
	}

	private static void writeDocumented(String name, @Nullable String value, AuditLog entry, JsonGenerator generator) {
		if (value != null) {
			generator.writeStringProperty(name, value);
		}
		else if (!entry.additional().containsKey(name)) {
			generator.writeNullProperty(name);
		}
	}

	private static void writeIfPresent(String name, @Nullable String value, JsonGenerator generator) {
		if (value != null) {
			generator.writeStringProperty(name, value);
		}
	}

}
