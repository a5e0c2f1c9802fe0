package io.github.tursospring.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogPage.Pagination;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoException.Reason;

/**
 * {@link ReactiveHealthIndicator} that requests the newest entry of the audit log, once
 * and without retries. A result is kept for a while, and concurrent probes share one
 * request. A failure is logged when it begins, changes and ends.
 *
 * @since 0.1.0
 */
public class TursoHealthIndicator extends AbstractReactiveHealthIndicator {

	private static final Log logger = LogFactory.getLog(TursoHealthIndicator.class);

	private static final String NONE = "";

	private static final AuditLogQuery NEWEST = AuditLogQuery.builder().page(1).pageSize(1).build();

	private final AuditLogClient client;

	private final @Nullable String organization;

	private final Duration timeout;

	private final Mono<Health> health;

	private final AtomicReference<String> failing = new AtomicReference<>(NONE);

	/**
	 * Create a new indicator.
	 * @param client the client
	 * @param organization the organization to ask for, or {@code null} for the client's
	 * default
	 * @param timeout how long to wait for the response
	 * @param cacheTtl how long a result is kept; zero for not at all
	 */
	public TursoHealthIndicator(AuditLogClient client, @Nullable String organization, Duration timeout,
			Duration cacheTtl) {
		this.client = client;
		this.organization = organization;
		this.timeout = timeout;
		Mono<Health> check = Mono.defer(this::check);
		this.health = (cacheTtl.isZero() || cacheTtl.isNegative()) ? check : check.cache(cacheTtl);
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return this.health;
	}

	private Mono<Health> check() {
		long start = System.nanoTime();
		AuditLogQuery query = NEWEST.toBuilder().organization(this.organization).build();
		return Mono.defer(() -> this.client.list(query))
			.contextWrite(Context.of(AuditLogClient.NO_RETRIES, true))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("The client returned no page")))
			.timeout(this.timeout)
			.map((page) -> up(page, Duration.ofNanos(System.nanoTime() - start)))
			.onErrorResume((ex) -> Mono.just(isUnknown(ex) ? unknown(ex) : down(ex)));
	}

	/** Without a default organization, there is nothing to request. */
	private boolean isUnknown(Throwable ex) {
		return this.organization == null && ex instanceof IllegalArgumentException;
	}

	private Health up(AuditLogPage page, Duration latency) {
		if (!NONE.equals(this.failing.getAndSet(NONE))) {
			logger.info("Turso health check succeeds again");
		}
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
		String error = error(ex);
		if (!reason.equals(this.failing.getAndSet(reason))) {
			logger.warn("Turso health check failed (" + reason + "): " + error);
		}
		return describe(Health.down()).withDetail("reason", reason).withDetail("error", error).build();
	}

	private Health unknown(Throwable ex) {
		return describe(Health.unknown()).withDetail("reason", String.valueOf(ex.getMessage())).build();
	}

	private Health.Builder describe(Health.Builder builder) {
		return (this.organization != null) ? builder.withDetail("organization", this.organization) : builder;
	}

	private String error(Throwable ex) {
		if (ex instanceof TimeoutException) {
			return "No response within " + this.timeout.toMillis() + " ms (turso.health.timeout)";
		}
		return (ex instanceof TursoException) ? String.valueOf(ex.getMessage()) : ex.toString();
	}

	private static String reason(Throwable ex) {
		if (ex instanceof TursoException failure) {
			return failure.reason().value();
		}
		return (ex instanceof TimeoutException) ? Reason.TIMEOUT.value() : "error";
	}

}
