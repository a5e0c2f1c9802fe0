package io.github.tursospring.auditlog.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.internal.follow.FollowListener;

/**
 * Keeps track of what the follower of an organization is doing. Safe for use by several
 * threads.
 */
final class StatusTracker implements FollowListener {

	private final Clock clock;

	private boolean leading;

	private @Nullable Instant position;

	private @Nullable Instant inHand;

	private boolean atHead;

	private @Nullable Instant lastPoll;

	private @Nullable String lastError;

	StatusTracker(Clock clock) {
		this.clock = clock;
	}

	synchronized void leading(boolean nowLeading) {
		if (nowLeading != this.leading) {
			this.inHand = null;
			this.atHead = false;
		}
		this.leading = nowLeading;
	}

	synchronized void received(AuditLogPage page) {
		this.inHand = newest(page, this.inHand);
	}

	synchronized void delivered(AuditLogPage page) {
		this.position = newest(page, this.position);
		if (!page.hasMore()) {
			this.inHand = null;
			this.atHead = true;
		}
		this.lastError = null;
	}

	synchronized void failed(Throwable failure) {
		this.lastError = FailureDescription.of(failure);
	}

	@Override
	public synchronized void onHead() {
		this.lastPoll = this.clock.instant();
		this.atHead = true;
	}

	@Override
	public void onRetry(Throwable failure, Duration wait) {
		failed(failure);
	}

	synchronized FollowerStatus status() {
		return new FollowerStatus(this.leading, this.position, this.leading ? lag() : null, this.lastPoll,
				this.lastError);
	}

	private @Nullable Duration lag() {
		if (this.inHand == null) {
			return this.atHead ? Duration.ZERO : null;
		}
		Duration lag = Duration.between(this.inHand, this.clock.instant());
		return lag.isNegative() ? Duration.ZERO : lag;
	}

	private static @Nullable Instant newest(AuditLogPage page, @Nullable Instant otherwise) {
		List<AuditLog> entries = page.auditLogs();
		Instant newest = entries.isEmpty() ? null : entries.get(entries.size() - 1).createdAt();
		return (newest != null) ? newest : otherwise;
	}

}
