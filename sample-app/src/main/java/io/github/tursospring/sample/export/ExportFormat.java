package io.github.tursospring.sample.export;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;

import io.github.tursospring.auditlog.AuditLog;

/**
 * What an exported log can look like.
 */
public enum ExportFormat {

	/** A header and a line for each entry, by RFC 4180. */
	CSV,

	/** An entry a line, in Turso's own JSON. */
	NDJSON,

	/** An array of entries, in Turso's own JSON. */
	JSON;

	/**
	 * Return the format of a name.
	 * @param name the name, in whichever case
	 * @return the format
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static ExportFormat of(String name) {
		for (ExportFormat format : values()) {
			if (format.name().equalsIgnoreCase(name)) {
				return format;
			}
		}
		throw new IllegalArgumentException("format must be csv, ndjson or json, not '" + name + "'");
	}

	/**
	 * Return what to declare the text as.
	 * @return the media type
	 */
	public MediaType mediaType() {
		return switch (this) {
			case CSV -> new MediaType("text", "csv", StandardCharsets.UTF_8);
			case NDJSON -> MediaType.APPLICATION_NDJSON;
			case JSON -> MediaType.APPLICATION_JSON;
		};
	}

	/**
	 * Return what the name of a file ends with.
	 * @return the extension, without a dot
	 */
	public String extension() {
		return name().toLowerCase(Locale.ROOT);
	}

	ExportText text() {
		return switch (this) {
			case CSV -> new CsvText();
			case NDJSON -> new NdjsonText();
			case JSON -> new JsonArrayText();
		};
	}

	/**
	 * Write entries as they come.
	 * @param entries the entries
	 * @return the parts of the text; the first comes with the first entry, so that what
	 * fails before it has written nothing
	 */
	public Flux<String> write(Flux<AuditLog> entries) {
		ExportText text = text();
		return entries.index()
			.map((entry) -> (entry.getT1() == 0) ? text.start() + text.first(entry.getT2()) : text.next(entry.getT2()))
			.switchIfEmpty(Mono.fromSupplier(text::start))
			.concatWith(Mono.fromSupplier(text::end));
	}

}
