package io.github.tursospring.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogPage.Pagination;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.TursoForbiddenException;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.TursoServerException;
import io.github.tursospring.auditlog.TursoSubscriptionException;
import io.github.tursospring.auditlog.TursoTransportException;

/**
 * {@link ReactiveHealthIndicator} that asks for the newest entry of the audit log. A
 * result is kept for a while, and probes that come together share one request.
 *
 * @since 0.1.0
 */
public class TursoHealthIndicator implements ReactiveHealthIndicator {

	private static final Log logger = LogFactory.getLog(TursoHealthIndicator.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final AuditLogQuery NEWEST = AuditLogQuery.builder().page(1).pageSize(1).build();

	private final AuditLogClient client;

	private final @Nullable String organization;

	private final Mono<Health> health;

	/**
	 * Create a new indicator.
	 * @param client the client
	 * @param organization the client's default organization, to be shown among the
	 * details, or {@code null} if it is not known
	 * @param cacheTtl how long a result is kept; zero for not at all
	 */
	public TursoHealthIndicator(AuditLogClient client, @Nullable String organization, Duration cacheTtl) {
		this.client = client;
		this.organization = organization;
		Mono<Health> check = Mono.defer(this::check);
		this.health = (cacheTtl.isZero() || cacheTtl.isNegative()) ? check : check.cache(cacheTtl);
	}

	@Override
	public Mono<Health> health() {
		return this.health;
	}

	private Mono<Health> check() {
		long start = System.nanoTime();
		return this.client.list(NEWEST)
			.timeout(TIMEOUT)
			.map((page) -> up(page, Duration.ofNanos(System.nanoTime() - start)))
			.onErrorResume(IllegalArgumentException.class, (ex) -> Mono.just(unknown(ex)))
			.onErrorResume((ex) -> Mono.just(down(ex)));
	}

	private Health up(AuditLogPage page, Duration latency) {
		Health.Builder builder = describe(Health.up());
		Instant newest = page.auditLogs().isEmpty() ? null : page.auditLogs().get(0).createdAt();
		if (newest != null) {
			builder.withDetail("newestEntry", newest.toString());
		}
		Pagination pagination = page.pagination();
		if (pagination != null && pagination.totalRows() >= 0) {
			builder.withDetail("totalRows", pagination.totalRows());
		}
		return builder.withDetail("latency", latency.toMillis() + "ms").build();
	}

	private Health down(Throwable ex) {
		String reason = reason(ex);
		String error = (ex instanceof TimeoutException) ? "No answer within " + TIMEOUT.toSeconds() + "s"
				: String.valueOf(ex.getMessage());
		logger.warn("Turso health check failed (" + reason + "): " + error);
		return describe(Health.down()).withDetail("reason", reason).withDetail("error", error).build();
	}

	/** Without a default organization, there is nothing to ask for. */
	private Health unknown(IllegalArgumentException ex) {
		return describe(Health.unknown()).withDetail("reason", String.valueOf(ex.getMessage())).build();
	}

	private Health.Builder describe(Health.Builder builder) {
		return (this.organization != null) ? builder.withDetail("organization", this.organization) : builder;
	}

	private static String reason(Throwable ex) {
		if (ex instanceof TursoAuthenticationException) {
			return "authentication";
		}
		if (ex instanceof TursoSubscriptionException) {
			return "plan";
		}
		if (ex instanceof TursoForbiddenException) {
			return "forbidden";
		}
		if (ex instanceof TursoNotFoundException) {
			return "not found";
		}
		if (ex instanceof TursoRateLimitedException) {
			return "rate limited";
		}
		if (ex instanceof TursoServerException) {
			return "server error";
		}
		if (ex instanceof TursoProtocolException) {
			return "unexpected answer";
		}
		if (ex instanceof TimeoutException) {
			return "timeout";
		}
		return (ex instanceof TursoTransportException) ? "unreachable" : "error";
	}

}
