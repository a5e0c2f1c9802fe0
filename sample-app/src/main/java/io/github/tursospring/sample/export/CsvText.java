package io.github.tursospring.sample.export;

import java.util.Map;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;

/**
 * A header and a record for each entry, by RFC 4180. No field can be taken for a formula:
 * one that starts like a formula gets an apostrophe in front, as spreadsheets write it.
 */
final class CsvText implements ExportText {

	private static final CSVFormat CSV = CSVFormat.RFC4180;

	private static final String FORMULA_STARTS = "=+-@\t\r\n";

	private static final Pattern COORDINATE = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]+)?");

	private final JsonMapper jsonMapper = JsonMapper.shared();

	@Override
	public String start() {
		return line("id", "created_at", "code", "author", "origin", "message", "ip", "city", "country_code", "latitude",
				"longitude", "data", "additional");
	}

	@Override
	public String next(AuditLog entry) {
		return line(text(entry.id()), text(entry.createdAt()), text(entry.code()), text(entry.author()),
				text(entry.origin()), text(entry.message()), text(entry.ip()), text(entry.city()),
				text(entry.countryCode()), coordinate(entry.latitude()), coordinate(entry.longitude()),
				json(entry.data()), json(entry.additional()));
	}

	private static String line(String... fields) {
		return CSV.format((Object[]) fields) + "\r\n";
	}

	private static String text(@Nullable Object value) {
		String text = (value != null) ? value.toString() : "";
		return (!text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
	}

	private static String coordinate(@Nullable String value) {
		return (value != null && COORDINATE.matcher(value).matches()) ? value : text(value);
	}

	private String json(Map<String, Object> value) {
		return value.isEmpty() ? "" : this.jsonMapper.writeValueAsString(value);
	}

}
