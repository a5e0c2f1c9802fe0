package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoApiException;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.TursoServerException;
import io.github.tursospring.auditlog.internal.follow.FollowListener;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.http.PageListener;

/**
 * One subscription to a followed log: round after round from where it stands to the head
 * of the log.
 */
final class Follow {

	private static final Log logger = LogFactory.getLog(Follow.class);

	private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

	private static final int ROWS_WITHOUT_PAGE = 10_000;

	private final AuditLogQuery query;

	private final int pageSize;

	private final FollowSettings settings;

	private final FollowListener listener;

	private final PageListener pageListener;

	private final FollowPages pages;

	private @Nullable Position position;

	private boolean polling;

	private int failures;

	Follow(AuditLogQuery query, PageToken tokens, int pageSize, FollowSettings settings, FollowListener listener,
			PageListener pageListener) {
		this.query = query;
		this.pageSize = pageSize;
		this.settings = settings;
		this.listener = listener;
		this.pageListener = pageListener;
		this.pages = new FollowPages(query, tokens, pageSize, ROWS_WITHOUT_PAGE);
		this.position = tokens.decode();
	}

	/** The route of the next round. */
	Route route() {
		return Route.ofFollow(this.query, this.position, this.pageSize, this.settings.lookback().toSeconds(),
				this.polling);
	}

	void advance(Step step) {
		this.failures = 0;
		this.position = step.after();
		this.polling = step.done();
		if (step.done()) {
			this.listener.onHead();
		}
	}

	List<AuditLogPage> pages(Step step) {
		return this.pages.of(step);
	}

	/** Try again without end what may pass, and raise the rest. */
	Retry retry() {
		return Retry.from((signals) -> signals.concatMap((signal) -> {
			Throwable failure = signal.failure();
			if (!(failure instanceof TursoException reason) || !isPassing(reason)) {
				return Mono.error(failure);
			}
			Duration wait = backoff(reason);
			this.listener.onRetry(reason, wait);
			this.pageListener.onRetry(reason, wait);
			logger.warn("Following goes on in " + wait.toMillis() + " ms: " + failure.getMessage());
			return Mono.delay(wait);
		}));
	}

	private static boolean isPassing(TursoException failure) {
		return !(failure instanceof TursoApiException) || failure instanceof TursoRateLimitedException
				|| failure instanceof TursoServerException;
	}

	private Duration backoff(TursoException failure) {
		double factor = Math.pow(2, Math.min(this.failures++, 30));
		double millis = Math.min((double) FIRST_BACKOFF.toMillis() * factor,
				(double) this.settings.maxBackoff().toMillis());
		Duration wait = Duration.ofMillis((long) millis);
		Duration asked = (failure instanceof TursoRateLimitedException limited) ? limited.retryAfter() : null;
		Duration longest = this.settings.maxBackoff();
		Duration capped = (asked != null && asked.compareTo(longest) > 0) ? longest : asked;
		return (capped != null && capped.compareTo(wait) > 0) ? capped : wait;
	}

}
