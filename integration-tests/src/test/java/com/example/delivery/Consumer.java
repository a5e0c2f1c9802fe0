package com.example.delivery;

import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.Header;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.delivery.OcsfEvents;

/**
 * The consumer of {@code docs/guide/delivery.md}.
 */
class Consumer {

	private final JdbcClient jdbc;

	Consumer(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	// @formatter:off
	@KafkaListener(topics = "audit-log", groupId = "archive")
	void store(String entry, @Header("turso-audit-log-id") String id) {
		this.jdbc.sql("merge into audit_log (id, entry) key (id) values (?, ?)").params(id, entry).update();
	}
	// @formatter:on

	Map<String, Object> event(AuditLog entry) {
		Map<String, Object> event = OcsfEvents.from(entry, "acme");
		return event;
	}

}
