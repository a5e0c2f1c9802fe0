package com.example.report;

import java.util.List;

import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * The guide's example of a component that reads the audit log.
 */
@Component
class DeletionReport {

	private final AuditLogClient auditLogs;

	DeletionReport(AuditLogClient auditLogs) {
		this.auditLogs = auditLogs;
	}

	List<String> last(int count) {
		AuditLogQuery query = AuditLogQuery.builder().code("db-delete").build();
		return this.auditLogs.streamAll(query)
			.take(count)
			.map((entry) -> entry.author() + ": " + entry.message())
			.collectList()
			.block();
	}

}
