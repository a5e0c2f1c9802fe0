package io.github.tursospring.sample.archive;

import java.time.Clock;

import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;

/**
 * The follower that archives: entries and position are committed together, so that the
 * archive holds each entry exactly as often as it occurred.
 */
@Component(AuditLogArchive.FOLLOWER)
class AuditLogArchive implements TransactionalAuditLogHandler {

	/** The follower's name. */
	static final String FOLLOWER = "archive";

	private final ArchiveWriter writer;

	AuditLogArchive(ArchiveWriter writer) {
		this.writer = writer;
	}

	@Override
	public void handle(String organization, AuditLogPage page) {
		if (page.gap() != null) {
			this.writer.record(organization, page.gap(), Clock.systemUTC().instant().getEpochSecond());
		}
		this.writer.append(organization, page.auditLogs());
	}

	@Override
	public AuditLogQuery query() {
		return AuditLogQuery.builder().pageSize(1000).build();
	}

}
