package io.github.tursospring.auditlog.internal;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;

/**
 * Makes the clients that are tested over HTTP.
 */
final class Clients {

	private Clients() {
	}

	/**
	 * A client of the organization acme, of a page size of 100, one request at a time.
	 */
	static AuditLogClient of(AuditLogEndpoint endpoint) {
		return of(endpoint, "acme", 100, 1);
	}

	/** A client of any organization, page size and concurrency. */
	static AuditLogClient of(AuditLogEndpoint endpoint, @Nullable String organization, int pageSize, int concurrency) {
		return new DefaultAuditLogClient(endpoint, organization, pageSize, concurrency,
				new FollowSettings(Duration.ofMillis(20), Duration.ofSeconds(60), Duration.ofSeconds(1)));
	}

}
