package io.github.tursospring.sample.export;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;

import io.github.tursospring.auditlog.delivery.OcsfEvents;

/**
 * What an exported log looks like: a start, the entries, an end.
 */
public enum ExportFormat {

	/** A header and a record for each entry, by RFC 4180. */
	CSV("csv", CsvRecord.HEADER, "", ""),

	/** An entry a line, in Turso's own JSON. */
	NDJSON("ndjson", "", "", ""),

	/** An array of entries, in Turso's own JSON. */
	JSON("json", "[", ",", "\n]\n"),

	/** An event of the Open Cybersecurity Schema Framework a line. */
	OCSF("ocsf.ndjson", "", "", "");

	private final String extension;

	private final String start;

	private final String separator;

	private final String end;

	ExportFormat(String extension, String start, String separator, String end) {
		this.extension = extension;
		this.start = start;
		this.separator = separator;
		this.end = end;
	}

	private String text(ExportedEntry entry) {
		return switch (this) {
			case CSV -> CsvRecord.of(entry);
			case NDJSON -> entry.json() + "\n";
			case JSON -> "\n" + entry.json();
			case OCSF -> event(entry);
		};
	}

	private static String event(ExportedEntry entry) {
		return JsonMapper.shared().writeValueAsString(OcsfEvents.from(entry.entry(), entry.organization())) + "\n";
	}

	/** Return the format of a name. */
	public static ExportFormat of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

	/** Return what to declare the text as. */
	public MediaType mediaType() {
		return switch (this) {
			case CSV -> new MediaType("text", "csv", StandardCharsets.UTF_8);
			case NDJSON, OCSF -> MediaType.APPLICATION_NDJSON;
			case JSON -> MediaType.APPLICATION_JSON;
		};
	}

	/** Return what the name of a file ends with. */
	public String extension() {
		return this.extension;
	}

	/** Return how the text starts. */
	public String start() {
		return this.start;
	}

	/** Return the text of some entries. */
	public String text(List<ExportedEntry> entries, boolean first) {
		StringBuilder text = new StringBuilder();
		for (ExportedEntry exported : entries) {
			text.append((first && text.isEmpty()) ? "" : this.separator).append(text(exported));
		}
		return text.toString();
	}

	/** Return how the text ends. */
	public String end() {
		return this.end;
	}

}
