package io.github.tursospring.sample.archive;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage.Pagination;
import io.github.tursospring.auditlog.TursoException;

/**
 * Tells how far the backlog has been archived: Turso is asked how long its log is, every
 * ten seconds until its head is reached for the first time.
 */
@Component
public class ArchiveProgress {

	private static final Log logger = LogFactory.getLog(ArchiveProgress.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final AuditLogClient client;

	private final ArchiveStatus status;

	private final Archive archive;

	private final Map<String, Long> totals = new ConcurrentHashMap<>();

	ArchiveProgress(AuditLogClient client, ArchiveStatus status, Archive archive) {
		this.client = client;
		this.status = status;
		this.archive = archive;
	}

	@Scheduled(initialDelayString = "3s", fixedDelayString = "10s")
	void look() {
		for (String organization : this.status.organizations()) {
			if (this.status.isCatchingUp(organization)) {
				lookAt(organization);
			}
			else {
				this.totals.remove(organization);
			}
		}
	}

	private void lookAt(String organization) {
		try {
			Pagination pagination = this.client.list((query) -> query.organization(organization).page(1).pageSize(1))
				.flatMap((page) -> Mono.justOrEmpty(page.pagination()))
				.block(TIMEOUT);
			if (pagination != null && pagination.totalRows() >= 0) {
				this.totals.put(organization, pagination.totalRows());
				long entries = this.archive.chain(organization).map(ChainState::entries).orElse(0L);
				logger.info("Archived " + entries + " of " + pagination.totalRows() + " entries of organization '"
						+ organization + "'");
			}
		}
		catch (TursoException | IllegalStateException ex) {
			logger.debug("The length of the log of organization '" + organization + "' is not known: " + ex);
		}
	}

	/** Return how many entries Turso has. */
	public @Nullable Long total(String organization) {
		return this.totals.get(organization);
	}

}
