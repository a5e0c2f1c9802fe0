package io.github.tursospring.sample.web;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import reactor.core.publisher.Flux;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.sample.export.ExportFormat;
import io.github.tursospring.sample.reading.AuditLogRequest;

/**
 * Serves the log as a file to be kept, written while it is read.
 */
@RestController
class ExportController {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private final AuditLogClient client;

	ExportController(AuditLogClient client) {
		this.client = client;
	}

	@GetMapping("/audit-logs/export")
	ResponseEntity<Flux<String>> export(@RequestParam MultiValueMap<String, String> parameters,
			@RequestParam(defaultValue = "csv") String format) {
		AuditLogRequest request = AuditLogRequest.of(parameters, "format");
		ExportFormat as = ExportFormat.of(format);
		String name = "audit-log-" + TIME.format(Clock.systemUTC().instant()) + "." + as.extension();
		return ResponseEntity.ok()
			.contentType(as.mediaType())
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString())
			.body(as.write(request.read(this.client)));
	}

}
