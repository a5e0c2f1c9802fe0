package io.github.tursospring.auditlog.follow;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogGap;

/**
 * What a follower of one organization is doing in this instance.
 *
 * @param key the follower and organization
 * @param state the state
 * @param leading whether this instance follows, or retries to, rather than another one
 * @param position creation time of the last entry that was delivered, {@code null} if
 * none was
 * @param lag age of the entries that are being delivered, zero at the head of the log,
 * {@code null} if it is not known: another instance follows, reading fails, or nothing
 * has been read yet
 * @param lastHead when the head of the log was last reached, {@code null} if never
 * @param pageInHandSince when the page that is being handled arrived, {@code null} if
 * none is
 * @param failingSince when the first of the failures since the last success happened,
 * {@code null} if there are none
 * @param lastError the last failure since the last success, {@code null} if there is none
 * @param lastGap the last gap, {@code null} if there was none
 * @param counts what has happened since the start
 * @since 0.1.0
 */
public record FollowerStatus(CheckpointKey key, State state, boolean leading, @Nullable Instant position,
		@Nullable Duration lag, @Nullable Instant lastHead, @Nullable Instant pageInHandSince,
		@Nullable Instant failingSince, @Nullable String lastError, @Nullable AuditLogGap lastGap, Counts counts) {

	/**
	 * States of a follower.
	 */
	public enum State {

		/** Has not followed yet. */
		STARTING,

		/** Another instance follows. */
		STANDBY,

		/** This instance follows. */
		FOLLOWING,

		/**
		 * The last attempt failed and is retried. If this instance does not lead, another
		 * one has the lock, but has not delivered the page that failed here, or the
		 * position cannot be loaded here.
		 */
		FAILING,

		/** Paused by an operator. */
		PAUSED,

		/** Stopped at a gap until an operator resumes it or replays from a time. */
		STOPPED_AT_GAP,

		/** Stopped with the application. */
		STOPPED

	}

	/**
	 * What has happened since the start.
	 *
	 * @param entries entries delivered
	 * @param handlerFailures calls of the handler that failed or took too long
	 * @param loadFailures failures to load the position
	 * @param saveFailures failures to save the position
	 * @param overtaken how many times another instance had moved the position
	 * @param gaps gaps found
	 */
	public record Counts(long entries, long handlerFailures, long loadFailures, long saveFailures, long overtaken,
			long gaps) {
	}

}
