package io.github.tursospring.sample.export;

import java.util.Map;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;

/**
 * A record of RFC 4180. No field can be taken for a formula: one that starts like a
 * formula, after what spreadsheets skip, gets an apostrophe in front.
 */
final class CsvRecord {

	static final String HEADER = line("id", "created_at", "code", "author", "origin", "message", "ip", "city",
			"country_code", "latitude", "longitude", "data", "additional", "organization", "sequence", "hash");

	private static final Pattern FORMULA = Pattern.compile(
			"[\\s\\p{Cntrl}\\p{Cf}\\p{Z}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]" + "|[\\t\\r\\n\\x00]",
			Pattern.UNICODE_CHARACTER_CLASS);

	private static final Pattern COORDINATE = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]+)?");

	private CsvRecord() {
	}

	static String of(ExportedEntry exported) {
		AuditLog entry = exported.entry();
		return line(text(entry.id()), text(entry.createdAt()), text(entry.code()), text(entry.author()),
				text(entry.origin()), text(entry.message()), text(entry.ip()), text(entry.city()),
				text(entry.countryCode()), coordinate(entry.latitude()), coordinate(entry.longitude()),
				json(entry.data()), json(entry.additional()), text(exported.organization()), text(exported.sequence()),
				text(exported.hash()));
	}

	private static String line(String... fields) {
		return CSVFormat.RFC4180.format((Object[]) fields) + "\r\n";
	}

	private static String text(@Nullable Object value) {
		String text = (value != null) ? value.toString() : "";
		String safe = FORMULA.matcher(text).lookingAt() ? "'" + text : text;
		return safe.replace('\0', '\uFFFD');
	}

	private static String coordinate(@Nullable String value) {
		return (value != null && COORDINATE.matcher(value).matches()) ? value : text(value);
	}

	private static String json(Map<String, ?> value) {
		return value.isEmpty() ? "" : JsonMapper.shared().writeValueAsString(value);
	}

}
