package io.github.tursospring.sample.export;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;

import io.github.tursospring.auditlog.delivery.OcsfEvents;

/**
 * What an exported log looks like: a start, the entries, an end.
 */
public enum ExportFormat {

	/** A header and a record for each entry, by RFC 4180. */
	CSV(new MediaType("text", "csv", StandardCharsets.UTF_8), "csv", CsvRecord.HEADER, CsvRecord::of, "", ""),

	/** An entry a line, in Turso's own JSON. */
	NDJSON(MediaType.APPLICATION_NDJSON, "ndjson", "", (entry) -> entry.json() + "\n", "", ""),

	/** An array of entries, in Turso's own JSON. */
	JSON(MediaType.APPLICATION_JSON, "json", "[", (entry) -> "\n" + entry.json(), ",", "\n]\n"),

	/** An event of the Open Cybersecurity Schema Framework a line. */
	OCSF(MediaType.APPLICATION_NDJSON, "ocsf.ndjson", "", ExportFormat::event, "", "");

	private final MediaType mediaType;

	private final String extension;

	private final String start;

	private final Function<ExportedEntry, String> entry;

	private final String separator;

	private final String end;

	ExportFormat(MediaType mediaType, String extension, String start, Function<ExportedEntry, String> entry,
			String separator, String end) {
		this.mediaType = mediaType;
		this.extension = extension;
		this.start = start;
		this.entry = entry;
		this.separator = separator;
		this.end = end;
	}

	private static String event(ExportedEntry entry) {
		return JsonMapper.shared().writeValueAsString(OcsfEvents.from(entry.entry(), entry.organization())) + "\n";
	}

	/**
	 * Return the format of a name.
	 * @param name the name, in whichever case
	 * @return the format
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static ExportFormat of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

	/**
	 * Return what to declare the text as.
	 * @return the media type
	 */
	public MediaType mediaType() {
		return this.mediaType;
	}

	/**
	 * Return what the name of a file ends with.
	 * @return the extension, without a dot
	 */
	public String extension() {
		return this.extension;
	}

	/**
	 * Return how the text starts.
	 * @return the start
	 */
	public String start() {
		return this.start;
	}

	/**
	 * Return the text of some entries.
	 * @param entries the entries
	 * @param first whether no entry has been written before them
	 * @return the text
	 */
	public String text(List<ExportedEntry> entries, boolean first) {
		StringBuilder text = new StringBuilder();
		for (ExportedEntry exported : entries) {
			text.append((first && text.isEmpty()) ? "" : this.separator).append(this.entry.apply(exported));
		}
		return text.toString();
	}

	/**
	 * Return how the text ends.
	 * @return the end
	 */
	public String end() {
		return this.end;
	}

}
