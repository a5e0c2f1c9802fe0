package io.github.tursospring.sample.archive;

import java.util.TreeMap;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;

/**
 * The one way to write an entry: properties in the order of their names at every depth,
 * ASCII only, so that equal entries are equal texts in any database.
 */
public final class CanonicalJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.build();

	private static final TypeReference<TreeMap<String, Object>> SORTED = new TypeReference<>() {
	};

	private CanonicalJson() {
	}

	/** Write an entry. */
	public static String write(AuditLog entry) {
		return MAPPER.writeValueAsString(MAPPER.convertValue(entry, SORTED));
	}

	/** Read an entry. */
	public static AuditLog read(String json) {
		return MAPPER.readValue(json, AuditLog.class);
	}

}
