package io.github.tursospring.sample.web;

import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.sample.search.SearchParameters;

/**
 * Serves the log straight from Turso, as it is read. A client that stops reading stops
 * the requests to Turso; the log is never held in memory.
 */
@RestController
class AuditLogController {

	private final AuditLogClient client;

	AuditLogController(AuditLogClient client) {
		this.client = client;
	}

	@GetMapping(path = "/audit-logs", produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE,
			MediaType.TEXT_EVENT_STREAM_VALUE })
	Flux<AuditLog> auditLogs(@RequestParam MultiValueMap<String, String> query) {
		SearchParameters parameters = SearchParameters.only(query, "code", "author", "origin", "from", "to", "order",
				"limit");
		AuditLogQuery.Builder asked = AuditLogQuery.builder()
			.code(parameters.all("code").toArray(String[]::new))
			.author(parameters.all("author").toArray(String[]::new))
			.origin(parameters.all("origin").toArray(String[]::new))
			.startTime(parameters.time("from"))
			.endTime(parameters.time("to"));
		if ("asc".equals(parameters.oneOf("order", "asc", "desc"))) {
			asked.order(AuditLogQuery.Order.ASC);
		}
		return this.client.streamAll(asked.build()).take(parameters.number("limit", 1, Long.MAX_VALUE, Long.MAX_VALUE));
	}

}
