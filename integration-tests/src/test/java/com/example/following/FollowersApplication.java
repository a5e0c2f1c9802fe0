package com.example.following;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.follow.AuditLogHandler;

/**
 * Application with two handlers, one of which fails.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class FollowersApplication {

	@Bean
	Delivered delivered() {
		return new Delivered(new CopyOnWriteArrayList<>());
	}

	@Bean
	AuditLogHandler archive(Delivered delivered) {
		return (organization, page) -> Mono.fromRunnable(() -> delivered.entries().addAll(page.auditLogs()));
	}

	@Bean
	AuditLogHandler alarm() {
		return (organization, page) -> Mono.error(new IllegalStateException("The pager is unreachable"));
	}

	/**
	 * What the archive was given.
	 *
	 * @param entries the entries
	 */
	record Delivered(List<AuditLog> entries) {

	}

}
