package io.github.tursospring.auditlog.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;

/**
 * Keeps track of what the follower of an organization is doing. Safe for use by several
 * threads.
 */
final class StatusTracker implements FollowListener {

	private final Clock clock;

	private boolean leading;

	private @Nullable Instant position;

	private @Nullable Instant inHand;

	private @Nullable Instant lastPoll;

	private @Nullable String lastError;

	StatusTracker(Clock clock) {
		this.clock = clock;
	}

	synchronized void leading(boolean nowLeading) {
		this.leading = nowLeading;
		this.inHand = nowLeading ? this.inHand : null;
	}

	synchronized void received(AuditLogPage page) {
		this.inHand = newest(page, this.inHand);
	}

	synchronized void delivered(AuditLogPage page) {
		this.position = newest(page, this.position);
		this.inHand = page.hasMore() ? this.inHand : null;
		this.lastError = null;
	}

	synchronized void failed(Throwable failure) {
		this.lastError = FailureDescription.of(failure);
	}

	@Override
	public synchronized void onHead() {
		this.lastPoll = this.clock.instant();
	}

	@Override
	public void onRetry(Throwable failure, Duration wait) {
		failed(failure);
	}

	synchronized FollowerStatus status() {
		Duration lag = (this.inHand != null) ? Duration.between(this.inHand, this.clock.instant()) : Duration.ZERO;
		return new FollowerStatus(this.leading, this.position, lag.isNegative() ? Duration.ZERO : lag, this.lastPoll,
				this.lastError);
	}

	private static @Nullable Instant newest(AuditLogPage page, @Nullable Instant otherwise) {
		List<AuditLog> entries = page.auditLogs();
		Instant newest = entries.isEmpty() ? null : entries.get(entries.size() - 1).createdAt();
		return (newest != null) ? newest : otherwise;
	}

}
