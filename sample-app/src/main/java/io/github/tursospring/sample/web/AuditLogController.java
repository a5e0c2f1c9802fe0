package io.github.tursospring.sample.web;

import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.sample.reading.AuditLogRequest;

/**
 * Serves the audit log as it is read. A client that stops reading stops the requests to
 * Turso; the log is never held in memory.
 */
@RestController
class AuditLogController {

	private final AuditLogClient client;

	AuditLogController(AuditLogClient client) {
		this.client = client;
	}

	@GetMapping(path = "/audit-logs", produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE,
			MediaType.TEXT_EVENT_STREAM_VALUE })
	Flux<AuditLog> auditLogs(@RequestParam MultiValueMap<String, String> parameters) {
		return AuditLogRequest.of(parameters).read(this.client);
	}

}
