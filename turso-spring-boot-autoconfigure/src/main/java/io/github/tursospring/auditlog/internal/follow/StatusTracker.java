package io.github.tursospring.auditlog.internal.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.FollowerStatus.Counts;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;

/**
 * Tracks and logs what the follower of one organization is doing. Safe for use by several
 * threads.
 */
public final class StatusTracker implements FollowListener {

	private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

	private final CheckpointKey key;

	private final Clock clock;

	private final FollowerLog log;

	private State state = State.STARTING;

	private boolean leading;

	private @Nullable Instant position;

	private @Nullable Instant inHand;

	private @Nullable Instant inHandSince;

	private boolean atHead;

	private boolean caughtUp;

	private @Nullable Instant lastHead;

	private Instant lastActivity;

	private @Nullable Instant failingSince;

	private boolean failingToRead;

	private @Nullable String lastError;

	private @Nullable AuditLogGap lastGap;

	private final Counters counters = new Counters();

	StatusTracker(CheckpointKey key, Clock clock) {
		this.key = key;
		this.clock = clock;
		this.log = new FollowerLog(key);
		this.lastActivity = clock.instant();
	}

	CheckpointKey key() {
		return this.key;
	}

	FollowerLog log() {
		return this.log;
	}

	/** This instance follows. An attempt after a failure is not logged. */
	synchronized void leading(String where, String store) {
		if (this.failingSince == null) {
			this.log.started(where, store);
			this.state = State.FOLLOWING;
		}
		lead();
	}

	synchronized void paused() {
		if (this.state != State.PAUSED) {
			this.log.paused();
		}
		lead();
		clearFailure();
		this.state = State.PAUSED;
	}

	synchronized void stoppedAt(AuditLogGap gap) {
		if (this.state != State.STOPPED_AT_GAP) {
			this.log.gap(gap, true);
		}
		count(gap);
		lead();
		clearFailure();
		this.state = State.STOPPED_AT_GAP;
	}

	/** A gap is counted once, however often the page after it is read. */
	synchronized void gap(AuditLogGap gap) {
		if (count(gap)) {
			this.log.gap(gap, false);
		}
	}

	private boolean count(AuditLogGap gap) {
		boolean found = !gap.equals(this.lastGap);
		this.counters.gaps += found ? 1 : 0;
		this.lastGap = gap;
		return found;
	}

	private void lead() {
		this.leading = true;
		this.lastActivity = this.clock.instant();
		readsAgain();
	}

	private void readsAgain() {
		this.inHandSince = null;
		this.atHead = false;
	}

	synchronized void standingBy() {
		if (this.state != State.STANDBY) {
			this.log.standingBy();
		}
		notLeading();
		clearFailure();
		this.caughtUp = false;
		this.state = State.STANDBY;
	}

	synchronized void notLeading() {
		this.leading = false;
		this.inHand = null;
		readsAgain();
	}

	synchronized void stopped() {
		if (this.leading) {
			this.log.stopped((this.position != null) ? "after the entry of " + this.position : "before its first entry",
					this.inHandSince != null);
		}
		notLeading();
		clearFailure();
		this.state = State.STOPPED;
	}

	synchronized void received(AuditLogPage page) {
		this.lastActivity = this.clock.instant();
		this.inHandSince = this.clock.instant();
		this.inHand = page.auditLogs().isEmpty() ? this.inHand : newest(page, this.inHandSince, this.inHandSince);
	}

	synchronized void delivered(AuditLogPage page) {
		this.lastActivity = this.clock.instant();
		this.counters.entries += page.auditLogs().size();
		this.position = newest(page, this.lastActivity.plus(CLOCK_TOLERANCE), this.position);
		this.inHandSince = null;
		succeeded();
		if (!page.hasMore()) {
			this.inHand = null;
			this.atHead = true;
			caughtUp();
		}
	}

	/**
	 * Responses that only show where to read do not end a failure: it may be one page
	 * that cannot be read.
	 */
	@Override
	public synchronized void onRead(boolean further) {
		this.lastActivity = this.clock.instant();
		if (further && this.failingToRead) {
			succeeded();
		}
	}

	@Override
	public synchronized void onHead() {
		this.lastActivity = this.clock.instant();
		this.lastHead = this.lastActivity;
		succeeded();
		this.atHead = true;
		caughtUp();
	}

	private void caughtUp() {
		if (!this.caughtUp) {
			this.log.caughtUp(this.counters.entries);
		}
		this.caughtUp = true;
	}

	private void succeeded() {
		if (this.failingSince != null) {
			this.log.recovered(Duration.between(this.failingSince, this.clock.instant()));
		}
		clearFailure();
		this.state = State.FOLLOWING;
	}

	private void clearFailure() {
		this.log.failureCleared();
		this.failingSince = null;
		this.failingToRead = false;
		this.lastError = null;
	}

	/** Reading goes on where it failed, so that further entries end the failure. */
	@Override
	public synchronized void onRetry(Throwable failure, Duration wait) {
		boolean reading = this.inHandSince == null && (this.failingSince == null || this.failingToRead);
		failed(failure);
		this.failingToRead = reading;
	}

	synchronized void failed(Throwable failure) {
		this.lastActivity = this.clock.instant();
		this.failingToRead = false;
		this.lastError = FailureDescription.of(failure);
		this.failingSince = (this.failingSince != null) ? this.failingSince : this.clock.instant();
		this.state = State.FAILING;
		this.atHead = false;
	}

	/** The attempt has ended: the page in hand is read again. */
	synchronized void attemptFailed(Throwable failure) {
		failed(failure);
		readsAgain();
	}

	synchronized boolean isFailing() {
		return this.failingSince != null;
	}

	synchronized void handlerFailed(Throwable failure) {
		this.counters.handlerFailures++;
	}

	synchronized void loadFailed(Throwable failure) {
		this.counters.loadFailures++;
	}

	synchronized void saveFailed(Throwable failure) {
		this.counters.saveFailures++;
	}

	synchronized void overtaken() {
		this.counters.overtaken++;
		notLeading();
	}

	/** An operator has requested something. */
	synchronized void requested() {
		readsAgain();
		clearFailure();
	}

	/**
	 * Whether nothing has been read for so long that reading must have failed silently.
	 */
	synchronized boolean isStalled(Duration timeout) {
		boolean reading = this.state == State.FOLLOWING || this.state == State.FAILING;
		return reading && Duration.between(this.lastActivity, this.clock.instant()).compareTo(timeout) > 0;
	}

	synchronized FollowerStatus status() {
		return new FollowerStatus(this.key, this.state, this.leading, this.position, this.leading ? lag() : null,
				this.lastHead, this.inHandSince, this.failingSince, this.lastError, this.lastGap,
				this.counters.counts());
	}

	private @Nullable Duration lag() {
		if (this.inHand == null) {
			return this.atHead ? Duration.ZERO : null;
		}
		Duration lag = Duration.between(this.inHand, this.clock.instant());
		return lag.isNegative() ? Duration.ZERO : lag;
	}

	/** The time of the last entry of a page that is not dated ahead. */
	private static @Nullable Instant newest(AuditLogPage page, Instant latest, @Nullable Instant otherwise) {
		List<AuditLog> entries = page.auditLogs();
		for (int i = entries.size() - 1; i >= 0; i--) {
			Instant createdAt = entries.get(i).createdAt();
			if (createdAt != null && !createdAt.isAfter(latest)) {
				return createdAt;
			}
		}
		return otherwise;
	}

	/**
	 * Mutable {@link Counts}.
	 */
	private static final class Counters {

		private long entries;

		private long handlerFailures;

		private long loadFailures;

		private long saveFailures;

		private long overtaken;

		private long gaps;

		Counts counts() {
			return new Counts(this.entries, this.handlerFailures, this.loadFailures, this.saveFailures, this.overtaken,
					this.gaps);
		}

	}

}
