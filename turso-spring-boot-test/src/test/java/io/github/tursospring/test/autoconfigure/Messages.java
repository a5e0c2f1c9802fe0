package io.github.tursospring.test.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;

/**
 * Component that reads the audit log.
 */
@Component
class Messages {

	private final AuditLogClient client;

	Messages(AuditLogClient client) {
		this.client = client;
	}

	List<String> all() {
		return this.client.streamAll().map(AuditLog::message).collectList().block(Duration.ofSeconds(30));
	}

}
