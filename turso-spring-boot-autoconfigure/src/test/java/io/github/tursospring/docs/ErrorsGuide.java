package io.github.tursospring.docs;

import reactor.core.publisher.Flux;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoException;

/**
 * The code of {@code docs/guide/errors-and-retries.md}.
 */
class ErrorsGuide {

	private final AuditLogClient auditLogs;

	ErrorsGuide(AuditLogClient auditLogs) {
		this.auditLogs = auditLogs;
	}

	// @formatter:off
	Flux<AuditLog> resumed(AuditLogQuery query) {
		return this.auditLogs.streamAll(query)
			.onErrorResume(TursoException.class, (ex) -> (ex.isRetryable() && ex.resumeToken() != null)
					? resumed(query.toBuilder().pageToken(ex.resumeToken()).build()) : Flux.error(ex));
	}
	// @formatter:on

}
