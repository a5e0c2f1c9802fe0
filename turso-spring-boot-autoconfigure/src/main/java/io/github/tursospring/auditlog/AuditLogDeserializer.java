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

	private static final RecurringTexts RECURRING_TEXTS = new RecurringTexts();

	private static final int MAX_SCALE = 10_000;

	/** Arrays in entries are short. */
	private static final int INITIAL_CAPACITY = 4;

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
			default -> RECURRING_TEXTS.read(parser);
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
		JsonObject few = new JsonObject();
		Map<String, @Nullable Object> many = null;
		do {
			String name = parser.currentName();
			parser.nextToken();
			Object value = readValue(parser);
			if (many == null && !few.set(name, value)) {
				many = new LinkedHashMap<>(few);
			}
			if (many != null) {
				many.put(name, value);
			}
		}
		while (parser.nextToken() != JsonToken.END_OBJECT);
		if (many == null) {
			return few;
		}
		return Collections.unmodifiableMap(many);
	}

	private static List<@Nullable Object> readArray(JsonParser parser) {
		if (parser.nextToken() == JsonToken.END_ARRAY) {
			return List.of();
		}
		List<@Nullable Object> array = new ArrayList<>(INITIAL_CAPACITY);
		do {
			array.add(readValue(parser));
		}
		while (parser.nextToken() != JsonToken.END_ARRAY);
		return Collections.unmodifiableList(array);
	}

	/**
	 * The fields of one entry while it is read, each with a bit of its own.
	 */
	private static final class Fields {

		private static final int CODE = 1;

		private static final int MESSAGE = 1 << 1;

		private static final int ORIGIN = 1 << 2;

		private static final int AUTHOR = 1 << 3;

		private static final int CREATED_AT = 1 << 4;

		private static final int DATA = 1 << 5;

		private static final int IP = 1 << 6;

		private static final int CITY = 1 << 7;

		private static final int COUNTRY_CODE = 1 << 8;

		private static final int LATITUDE = 1 << 9;

		private static final int LONGITUDE = 1 << 10;

		private static final int ID = 1 << 11;

		private final AuditLog.Builder entry = AuditLog.builder();

		private @Nullable String id;

		private int present;

		private static int field(String name) {
			return switch (name) {
				case "code" -> CODE;
				case "message" -> MESSAGE;
				case "origin" -> ORIGIN;
				case "author" -> AUTHOR;
				case "created_at" -> CREATED_AT;
				case "data" -> DATA;
				case "ip" -> IP;
				case "city" -> CITY;
				case "country_code" -> COUNTRY_CODE;
				case "latitude" -> LATITUDE;
				case "longitude" -> LONGITUDE;
				case "id" -> ID;
				default -> 0;
			};
		}

		boolean has(String name) {
			return (this.present & field(name)) != 0;
		}

		/**
		 * Set a field to a text, as nearly all of them are, straight from the parser.
		 * @return whether the field takes the text as it is
		 */
		boolean setText(String name, JsonParser parser) {
			int field = field(name);
			switch (field) {
				case 0, DATA -> {
					return false;
				}
				case MESSAGE, ID -> assignText(field, parser.getString());
				case CREATED_AT -> {
					Instant createdAt = Timestamps.parsePlain(parser.getStringCharacters(), parser.getStringOffset(),
							parser.getStringLength());
					if (createdAt == null) {
						return false;
					}
					this.entry.createdAt(createdAt);
				}
				default -> assignText(field, RECURRING_TEXTS.read(parser));
			}
			this.present |= field;
			return true;
		}

		void set(String fieldName, String name, @Nullable Object value) {
			int field = field(fieldName);
			if (value == null) {
				if (field == 0) {
					this.entry.unmodifiableAdditional(name, null);
				}
			}
			else if (assign(field, value)) {
				this.present |= field;
			}
			else {
				this.entry.unmodifiableAdditional(name, value);
			}
		}

		@SuppressWarnings("unchecked")
		private boolean assign(int field, Object value) {
			if (field == DATA) {
				if (!(value instanceof Map<?, ?> data)) {
					return false;
				}
				this.entry.unmodifiableData((Map<String, @Nullable Object>) data);
				return true;
			}
			if (field == CREATED_AT) {
				Instant createdAt = (value instanceof Number number) ? Timestamps.ofEpoch(number)
						: (value instanceof String text) ? Timestamps.parse(text) : null;
				this.entry.createdAt(createdAt);
				return createdAt != null;
			}
			return field != 0 && field != ID && !(value instanceof Map) && !(value instanceof List)
					&& assignText(field, value.toString());
		}

		private boolean assignText(int field, String text) {
			switch (field) {
				case CODE -> this.entry.code(text);
				case MESSAGE -> this.entry.message(text);
				case ORIGIN -> this.entry.origin(text);
				case AUTHOR -> this.entry.author(text);
				case IP -> this.entry.ip(text);
				case CITY -> this.entry.city(text);
				case COUNTRY_CODE -> this.entry.countryCode(text);
				case LATITUDE -> this.entry.latitude(text);
				case LONGITUDE -> this.entry.longitude(text);
				case ID -> this.id = text;
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

	}

}
