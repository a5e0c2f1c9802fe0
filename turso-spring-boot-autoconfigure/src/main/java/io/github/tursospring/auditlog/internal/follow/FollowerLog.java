package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.follow.CheckpointKey;

/**
 * Log lines of the follower of one organization. Each change is logged once; attempts
 * that repeat a failure are not.
 */
final class FollowerLog {

	private static final Log logger = LogFactory.getLog("io.github.tursospring.auditlog.follow");

	private static final String REPLAY = "POST {\"action\":\"replay\",\"from\":\"<time>\"} to"
			+ " /actuator/auditlogfollowers/";

	private final CheckpointKey key;

	private final String subject;

	private @Nullable String lastFailure;

	private boolean overtakenLogged;

	FollowerLog(CheckpointKey key) {
		this.key = key;
		this.subject = "Follower '" + key.follower() + "' of organization '" + key.organization() + "' ";
	}

	void started(String where, String store) {
		logger.info(this.subject + where + " (position in " + store + ")");
	}

	void standingBy() {
		logger.info(this.subject + "is standing by: another instance has its lock, or had it when it died");
	}

	void paused() {
		logger.info(this.subject + "is paused until it is resumed");
	}

	void caughtUp(long entries) {
		logger.info(this.subject + "has caught up after " + entries + " entries");
	}

	/** The same failure is logged again if it occurs again. */
	void failureCleared() {
		this.lastFailure = null;
	}

	void recovered(Duration after) {
		logger.info(this.subject + "has recovered after " + after.toSeconds() + " s");
	}

	void stopped(String where, boolean pageInHand) {
		logger.info(this.subject + "has stopped " + where
				+ (pageInHand ? "; the page in hand was not finished and will be delivered again" : ""));
	}

	void pageFailed(int entries, Duration retryIn, Throwable failure, boolean first) {
		String message = this.subject + "failed to deliver a page of " + entries + " entries; retrying in "
				+ retryIn.toMillis() + " ms, and later entries wait until it succeeds: "
				+ FailureDescription.of(failure);
		if (first) {
			logger.warn(message, failure);
		}
		else {
			logger.warn(message);
		}
	}

	void attemptFailed(Throwable failure, Duration retryIn, String store) {
		String description = FailureDescription.of(failure);
		String message = this.subject + "cannot follow; retrying in " + retryIn.toMillis() + " ms: " + description
				+ remedy(failure, store);
		if (description.equals(this.lastFailure)) {
			logger.debug(message);
			return;
		}
		this.lastFailure = description;
		logger.error(message);
	}

	private String remedy(Throwable failure, String store) {
		return (failure instanceof IllegalArgumentException) ? ". Its position is in " + store
				+ ". If that was changed by hand, or the handler's filters have changed, replay from a time: " + REPLAY
				+ this.key.follower() : "";
	}

	void releaseFailed(Throwable failure) {
		logger.warn(this.subject + "could not release its lock, which is kept until it expires: "
				+ FailureDescription.of(failure));
	}

	void overtaken(Duration retryIn) {
		String message = this.subject + "was overtaken: another instance has changed its position; retrying in "
				+ retryIn.toMillis() + " ms. To let one instance follow at a time, add ShedLock with a LockProvider"
				+ " bean";
		if (this.overtakenLogged) {
			logger.debug(message);
			return;
		}
		this.overtakenLogged = true;
		logger.warn(message);
	}

	void gap(AuditLogGap gap, boolean stopping) {
		logger.warn(this.subject + "has found a gap: its position is at " + gap.position()
				+ ", but the oldest entry of the log is of " + gap.oldestEntry()
				+ ". Entries between the two may have been removed before they were delivered. "
				+ (stopping
						? "It has stopped: resume it to continue with the oldest entry (POST {\"action\":\"resume\"} to"
								+ " /actuator/auditlogfollowers/" + this.key.follower()
								+ "), or set 'turso.audit-logs.follow.on-gap' to 'continue'"
						: "It continues with the oldest entry. To avoid gaps, do not stop the application for longer"
								+ " than Turso keeps entries"));
	}

}
