package io.github.tursospring.auditlog;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes an entry with the field names that Turso uses, and its id.
 */
final class AuditLogSerializer extends ValueSerializer<AuditLog> {

	/**
	 * Name of an {@code id} that the server sent, beside the derived one. If the server
	 * sent a field of this name, the derived id is not written.
	 */
	static final String SERVER_ENTRY_ID = "server_entry_id";

	@Override
	public void serialize(AuditLog entry, JsonGenerator generator, SerializationContext context) {
		AuditLogCode code = entry.code();
		Instant createdAt = entry.createdAt();
		generator.writeStartObject(entry);
		Map<String, @Nullable Object> additional = entry.additional();
		boolean ownId = !additional.containsKey(SERVER_ENTRY_ID);
		if (ownId) {
			generator.writeStringProperty("id", entry.id());
		}
		writeDocumented("code", "action", (code != null) ? code.value() : null, additional, generator);
		writeDocumented("message", "message", entry.message(), additional, generator);
		writeDocumented("origin", "origin", entry.origin(), additional, generator);
		writeDocumented("author", "actor_id", entry.author(), additional, generator);
		writeDocumented("created_at", "timestamp", (createdAt != null) ? createdAt.toString() : null, additional,
				generator);
		if (!additional.containsKey("data")) {
			generator.writeName("data");
			context.writeValue(generator, entry.data());
		}
		else if (!entry.data().isEmpty()) {
			generator.writeName("details");
			context.writeValue(generator, entry.data());
		}
		writeIfPresent(additional.containsKey("ip") ? "ip_address" : "ip", entry.ip(), generator);
		writeIfPresent("city", entry.city(), generator);
		writeIfPresent("country_code", entry.countryCode(), generator);
		writeIfPresent("latitude", entry.latitude(), generator);
		writeIfPresent("longitude", entry.longitude(), generator);
		additional.forEach((name, value) -> {
			generator.writeName((ownId && name.equals("id")) ? SERVER_ENTRY_ID : name);
			context.writeValue(generator, value);
		});
		generator.writeEndObject();
	}

	/**
	 * Write a documented field, under its other name if the server's value of the first
	 * did not fit and is among the additional fields.
	 */
	private static void writeDocumented(String name, String otherName, @Nullable String value,
			Map<String, @Nullable Object> additional, JsonGenerator generator) {
		boolean taken = additional.containsKey(name);
		if (value != null) {
			generator.writeStringProperty(taken ? otherName : name, value);
		}
		else if (!taken) {
			generator.writeNullProperty(name);
		}
	}

	private static void writeIfPresent(String name, @Nullable String value, JsonGenerator generator) {
		if (value != null) {
			generator.writeStringProperty(name, value);
		}
	}

}
