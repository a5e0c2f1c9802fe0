package io.github.tursospring.auditlog;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads an entry straight from the tokens of its JSON. Whatever has no field of its own,
 * or does not fit its field's type, is kept among the additional fields.
 */
final class AuditLogDeserializer extends ValueDeserializer<AuditLog> {

	private static final Map<String, String> ALIASES = Map.of("action", "code", "timestamp", "created_at", "actor_id",
			"author", "details", "data", "ip_address", "ip");

	private static final int MAX_SCALE = 10_000;

	@Override
	public @Nullable AuditLog deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			context.reportInputMismatch(this, "An audit log entry must be a JSON object, but was %s",
					parser.currentToken());
		}
		Fields fields = new Fields();
		Map<String, @Nullable Object> aliased = null;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			if (parser.nextToken() == JsonToken.VALUE_STRING && fields.setText(name, parser)) {
				continue;
			}
			if (ALIASES.containsKey(name)) {
				aliased = (aliased != null) ? aliased : new LinkedHashMap<>();
				aliased.put(name, readValue(parser));
			}
			else {
				fields.set(name, name, readValue(parser));
			}
		}
		if (aliased != null) {
			aliased.forEach((alias, value) -> {
				String name = ALIASES.getOrDefault(alias, alias);
				fields.set(fields.has(name) ? alias : name, alias, value);
			});
		}
		return fields.build();
	}

	private static @Nullable Object readValue(JsonParser parser) {
		return switch (parser.currentToken()) {
			case START_OBJECT -> readObject(parser);
			case START_ARRAY -> readArray(parser);
			case VALUE_NUMBER_INT -> parser.getNumberValue();
			case VALUE_NUMBER_FLOAT -> readFloat(parser);
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			case VALUE_NULL -> null;
			default -> parser.getString();
		};
	}

	/**
	 * Read a number. One with an extreme exponent is refused: it fits into a few bytes,
	 * and takes gigabytes or overflows where it is written out or computed with.
	 */
	private static Object readFloat(JsonParser parser) {
		BigDecimal exact;
		try {
			exact = parser.getDecimalValue();
		}
		catch (ArithmeticException | NumberFormatException ex) {
			throw new StreamReadException(parser, "Number out of range", ex);
		}
		if (Math.abs((long) exact.scale()) > MAX_SCALE) {
			throw new StreamReadException(parser, "Number with an exponent beyond " + MAX_SCALE);
		}
		double number = exact.doubleValue();
		boolean same = Double.isFinite(number) && BigDecimal.valueOf(number).compareTo(exact) == 0;
		return same ? (Object) number : exact;
	}

	private static Map<String, @Nullable Object> readObject(JsonParser parser) {
		if (parser.nextToken() == JsonToken.END_OBJECT) {
			return Map.of();
		}
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		do {
			String name = parser.currentName();
			parser.nextToken();
			object.put(name, readValue(parser));
		}
		while (parser.nextToken() != JsonToken.END_OBJECT);
		return Collections.unmodifiableMap(object);
	}

	private static List<@Nullable Object> readArray(JsonParser parser) {
		if (parser.nextToken() == JsonToken.END_ARRAY) {
			return List.of();
		}
		List<@Nullable Object> array = new ArrayList<>();
		do {
			array.add(readValue(parser));
		}
		while (parser.nextToken() != JsonToken.END_ARRAY);
		return Collections.unmodifiableList(array);
	}

	/**
	 * The fields of one entry while it is read.
	 */
	private static final class Fields {

		private final AuditLog.Builder entry = AuditLog.builder();

		private @Nullable String id;

		private int present;

		boolean has(String name) {
			return (this.present & bit(name)) != 0;
		}

		/**
		 * Set a field to a text, as nearly all of them are, without looking at the field
		 * or the text more than once.
		 * @return whether that was done
		 */
		boolean setText(String field, JsonParser parser) {
			int bit = bit(field);
			if (bit == 0 || field.equals("data") || field.equals("created_at")) {
				return false;
			}
			assignText(field, parser.getString());
			this.present |= bit;
			return true;
		}

		void set(String field, String name, @Nullable Object value) {
			if (value == null) {
				if (bit(field) == 0) {
					this.entry.unmodifiableAdditional(name, null);
				}
				return;
			}
			if (assign(field, value)) {
				this.present |= bit(field);
			}
			else {
				this.entry.unmodifiableAdditional(name, value);
			}
		}

		@SuppressWarnings("unchecked")
		private boolean assign(String field, Object value) {
			if (field.equals("data")) {
				if (!(value instanceof Map<?, ?> data)) {
					return false;
				}
				this.entry.unmodifiableData((Map<String, @Nullable Object>) data);
				return true;
			}
			if (field.equals("created_at")) {
				Instant createdAt = (value instanceof Number number) ? Timestamps.ofEpoch(number)
						: (value instanceof String text) ? Timestamps.parse(text) : null;
				this.entry.createdAt(createdAt);
				return createdAt != null;
			}
			return bit(field) != 0 && !field.equals("id") && !(value instanceof Map) && !(value instanceof List)
					&& assignText(field, value.toString());
		}

		private boolean assignText(String field, String text) {
			switch (field) {
				case "code" -> this.entry.code(text);
				case "message" -> this.entry.message(text);
				case "origin" -> this.entry.origin(text);
				case "author" -> this.entry.author(text);
				case "ip" -> this.entry.ip(text);
				case "city" -> this.entry.city(text);
				case "country_code" -> this.entry.countryCode(text);
				case "latitude" -> this.entry.latitude(text);
				case "longitude" -> this.entry.longitude(text);
				case "id" -> this.id = text;
				default -> {
					return false;
				}
			}
			return true;
		}

		/**
		 * Build the entry. An id of the entry's own is no field: it has been written by
		 * this library, which then writes the server's under another name.
		 */
		AuditLog build() {
			if (this.id == null) {
				return this.entry.build();
			}
			if (AuditLog.secondOf(this.id) == null || !this.entry.build().id().equals(this.id)) {
				this.entry.unmodifiableAdditional("id", this.id);
			}
			else {
				this.entry.renameAdditional(AuditLogSerializer.SERVER_ENTRY_ID, "id");
			}
			return this.entry.build();
		}

		private static int bit(String field) {
			return switch (field) {
				case "code" -> 1;
				case "message" -> 1 << 1;
				case "origin" -> 1 << 2;
				case "author" -> 1 << 3;
				case "created_at" -> 1 << 4;
				case "data" -> 1 << 5;
				case "ip" -> 1 << 6;
				case "city" -> 1 << 7;
				case "country_code" -> 1 << 8;
				case "latitude" -> 1 << 9;
				case "longitude" -> 1 << 10;
				case "id" -> 1 << 11;
				default -> 0;
			};
		}

	}

}
