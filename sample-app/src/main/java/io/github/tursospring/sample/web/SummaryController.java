package io.github.tursospring.sample.web;

import reactor.core.publisher.Mono;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.sample.reading.AuditLogRequest;
import io.github.tursospring.sample.reading.Summarizer;
import io.github.tursospring.sample.reading.Summary;

/**
 * Serves what the log comes to, counted while it streams by.
 */
@RestController
class SummaryController {

	private final AuditLogClient client;

	SummaryController(AuditLogClient client) {
		this.client = client;
	}

	@GetMapping("/audit-logs/summary")
	Mono<Summary> summary(@RequestParam MultiValueMap<String, String> parameters) {
		return AuditLogRequest.of(parameters)
			.read(this.client)
			.collect(Summarizer::new, Summarizer::add)
			.map(Summarizer::summary);
	}

}
