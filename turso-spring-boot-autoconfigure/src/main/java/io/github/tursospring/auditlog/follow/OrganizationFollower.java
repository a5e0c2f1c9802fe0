package io.github.tursospring.auditlog.follow;

import java.time.Duration;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.FollowerLock.Lease;
import io.github.tursospring.auditlog.internal.follow.FollowListener;

/**
 * Follows one organization, term by term: takes the lead, goes on from the position that
 * is stored, delivers page by page, and gives the lead up when it is stopped, overtaken,
 * or fails for good.
 */
final class OrganizationFollower {

	private static final Log logger = LogFactory.getLog(OrganizationFollower.class);

	private final String organization;

	private final AuditLogClient client;

	private final AuditLogCheckpointStore store;

	private final PageDelivery delivery;

	private final FollowerLock lock;

	private final FollowerSettings settings;

	private final StatusTracker status;

	private final CheckpointListener listener;

	private @Nullable String token;

	private long failedTerms;

	private boolean pageInHand;

	OrganizationFollower(String organization, AuditLogClient client, AuditLogCheckpointStore store,
			PageDelivery delivery, FollowerLock lock, FollowerSettings settings, StatusTracker status,
			CheckpointListener listener) {
		this.organization = organization;
		this.client = client;
		this.store = store;
		this.delivery = delivery;
		this.lock = lock;
		this.settings = settings;
		this.status = status;
		this.listener = listener;
	}

	/**
	 * Follow until stopped.
	 * @param stop given when the page in hand is to be the last one
	 * @return completes when that has been dealt with
	 */
	Mono<Void> run(StopSignal stop) {
		return Mono.defer(() -> term(stop))
			.onErrorResume((ex) -> Mono.fromRunnable(() -> failed(ex, stop)))
			.then(Mono.defer(() -> pause(stop)))
			.repeat(() -> !stop.isGiven())
			.then()
			.doOnTerminate(() -> this.status.leading(false))
			.doOnCancel(() -> this.status.leading(false));
	}

	private Mono<Void> pause(StopSignal stop) {
		Duration wait = this.settings.backoff(Math.max(1, this.failedTerms));
		return Mono.firstWithSignal(Mono.delay(wait).then(), stop.asMono());
	}

	private Mono<Void> term(StopSignal stop) {
		Mono<Lease> lease = this.lock.acquire(this.organization)
			.switchIfEmpty(Mono.fromRunnable(() -> this.status.leading(false)));
		return Mono.usingWhen(lease, (taken) -> lead(taken, stop), Lease::release);
	}

	/**
	 * A term that fails leaves this instance the one that has to follow, until another
	 * one is seen to.
	 */
	private Mono<Void> lead(Lease lease, StopSignal stop) {
		logger.info("Following the audit log of organization '" + this.organization + "'");
		this.status.leading(true);
		return Mono.firstWithSignal(follow(stop), lease.keep().doOnError((ex) -> this.status.leading(false)))
			.doOnSuccess((done) -> this.status.leading(false));
	}

	private Mono<Void> follow(StopSignal stop) {
		return Mono.defer(() -> this.store.load(this.organization))
			.doOnError((ex) -> this.listener.onFailure(this.organization, CheckpointListener.Failure.LOAD))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMapMany((stored) -> {
				this.token = stored.orElse(null);
				this.pageInHand = false;
				return this.client.follow(query());
			})
			.contextWrite((context) -> context.put(FollowListener.class, this.status))
			.takeUntilOther(stop.asMono())
			.concatMap((page) -> deliver(page, stop), 0)
			.then();
	}

	private AuditLogQuery query() {
		return AuditLogQuery.builder()
			.organization(this.organization)
			.startTime(this.settings.startTime())
			.pageToken(this.token)
			.build();
	}

	private Mono<Void> deliver(AuditLogPage page, StopSignal stop) {
		this.pageInHand = true;
		this.status.received(page);
		return Mono.defer(() -> this.delivery.deliver(this.organization, this.token, page))
			.retryWhen(retry(page, stop))
			.flatMap((saved) -> saved ? Mono.<Void>fromRunnable(() -> delivered(page)) : Mono.error(overtaken()));
	}

	private void delivered(AuditLogPage page) {
		this.token = page.nextPageToken();
		this.pageInHand = false;
		this.failedTerms = 0;
		this.status.delivered(page);
	}

	private Retry retry(AuditLogPage page, StopSignal stop) {
		return Retry.from((signals) -> signals.concatMap((signal) -> {
			Throwable failure = signal.failure();
			Duration wait = this.settings.backoff(signal.totalRetries() + 1);
			this.status.failed(failure);
			warn(page, wait, failure, signal.totalRetries() == 0);
			Mono<Boolean> stopped = stop.asMono().then(Mono.error(failure));
			return Mono.firstWithSignal(Mono.delay(wait).thenReturn(true), stopped);
		}));
	}

	private void warn(AuditLogPage page, Duration wait, Throwable failure, boolean first) {
		String message = "A page of " + page.auditLogs().size() + " entries of organization '" + this.organization
				+ "' could not be dealt with; it is tried again in " + wait.toMillis() + " ms, and nothing is"
				+ " delivered before it: " + FailureDescription.of(failure);
		if (first) {
			logger.warn(message, failure);
		}
		else {
			logger.warn(message);
		}
	}

	private IllegalStateException overtaken() {
		this.status.leading(false);
		this.listener.onFailure(this.organization, CheckpointListener.Failure.OVERTAKEN);
		return new IllegalStateException("Another instance has moved the position of organization '" + this.organization
				+ "': it follows from there");
	}

	private void failed(Throwable failure, StopSignal stop) {
		this.failedTerms++;
		this.status.failed(failure);
		if (stop.isGiven()) {
			logger.info("Following organization '" + this.organization + "' has stopped"
					+ (this.pageInHand ? " with a page not dealt with, which is delivered again: " : ": ")
					+ FailureDescription.of(failure));
			return;
		}
		logger.error("Following organization '" + this.organization + "' has ended and is taken up again in "
				+ this.settings.backoff(this.failedTerms).toMillis() + " ms: " + FailureDescription.of(failure));
	}

}
