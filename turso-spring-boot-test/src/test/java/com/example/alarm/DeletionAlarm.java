package com.example.alarm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.AuditLogHandler;

/**
 * The guide's example of a follower.
 */
@Component
class DeletionAlarm implements AuditLogHandler {

	private final List<String> alarms = new CopyOnWriteArrayList<>();

	@Override
	public Mono<Void> handle(String organization, AuditLogPage page) {
		page.auditLogs()
			.stream()
			.filter((entry) -> String.valueOf(entry.code()).endsWith("delete"))
			.map(AuditLog::message)
			.forEach(this.alarms::add);
		return Mono.empty();
	}

	List<String> alarms() {
		return this.alarms;
	}

}
