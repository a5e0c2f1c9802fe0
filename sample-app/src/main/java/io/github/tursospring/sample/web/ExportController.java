package io.github.tursospring.sample.web;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.sample.export.ExportFormat;
import io.github.tursospring.sample.export.ExportedEntry;
import io.github.tursospring.sample.search.EntryPage;
import io.github.tursospring.sample.search.EntrySearch;
import io.github.tursospring.sample.search.Search;
import io.github.tursospring.sample.search.SearchParameters;

/**
 * Serves the archive as a file to be kept, oldest entries first, written while it is
 * read.
 */
@RestController
class ExportController {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private final EntrySearch entries;

	ExportController(EntrySearch entries) {
		this.entries = entries;
	}

	@GetMapping("/api/export")
	ResponseEntity<Flux<String>> export(@RequestParam MultiValueMap<String, String> query) {
		SearchParameters parameters = SearchParameters.of(query, "format");
		Search search = parameters.search();
		ExportFormat given = parameters.one("format", ExportFormat::of, "csv, ndjson, json or ocsf");
		ExportFormat format = (given != null) ? given : ExportFormat.CSV;
		String name = "audit-log-" + TIME.format(Clock.systemUTC().instant()) + "." + format.extension();
		return ResponseEntity.ok()
			.contentType(format.mediaType())
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString())
			.body(write(search, format));
	}

	/**
	 * The server takes some hundred parts at once, so a part is one entry. The first part
	 * comes once the first page has been read: until then, a failure has a status.
	 */
	private Flux<String> write(Search search, ExportFormat format) {
		return this.entries.pages(search, null)
			.concatMapIterable(EntryPage::entries, 1)
			.index((number, entry) -> format.text(List.of(ExportedEntry.of(entry)), number == 0))
			.switchOnFirst((first, texts) -> first.isOnError() ? texts : texts.startWith(format.start()))
			.concatWithValues(format.end());
	}

}
