package io.github.tursospring.docs;

import java.time.Instant;

import reactor.core.publisher.Flux;

import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLogClient;

/**
 * The code of {@code README.md}; its handler is that of {@link FollowingGuide}.
 */
class QuickStart {

	// @formatter:off
	@Component
	static class WhoDeletedIt {

		private final AuditLogClient auditLogs;

		WhoDeletedIt(AuditLogClient auditLogs) {
			this.auditLogs = auditLogs;
		}

		Flux<String> deletionsSince(Instant time) {
			return this.auditLogs.streamAll((query) -> query.code("db-delete", "group-delete").startTime(time))
				.map((entry) -> entry.createdAt() + " " + entry.author() + ": " + entry.message());
		}

	}
	// @formatter:on

}
