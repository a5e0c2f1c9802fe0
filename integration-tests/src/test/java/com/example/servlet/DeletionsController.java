package com.example.servlet;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * The example of {@code docs/guide/servlet.md}.
 */
@RestController
class DeletionsController {

	private final AuditLogClient auditLogs;

	DeletionsController(AuditLogClient auditLogs) {
		this.auditLogs = auditLogs;
	}

	@GetMapping("/deletions")
	List<AuditLog> deletions(@RequestParam(defaultValue = "20") int limit) {
		AuditLogQuery query = AuditLogQuery.builder().code("db-delete", "group-delete").build();
		try (Stream<AuditLog> deletions = this.auditLogs.streamAll(query).take(limit).toStream()) {
			return deletions.toList();
		}
	}

	@GetMapping("/entries/{id}")
	AuditLog entry(@PathVariable String id) {
		return this.auditLogs.retrieve(id).block();
	}

}
