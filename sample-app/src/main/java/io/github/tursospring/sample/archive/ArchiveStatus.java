package io.github.tursospring.sample.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.FollowerStatus;

/**
 * Tells how the archiving goes in this instance.
 */
@Component
public class ArchiveStatus {

	private final AuditLogFollowers followers;

	ArchiveStatus(AuditLogFollowers followers) {
		this.followers = followers;
	}

	/**
	 * Return what the follower does, all organizations taken together: the worst counts.
	 */
	public Follower follower() {
		State state = statuses().map(State::of).max(State::compareTo).orElse(State.STOPPED);
		Instant lastPoll = statuses().map(FollowerStatus::lastHead)
			.filter(Objects::nonNull)
			.max(Instant::compareTo)
			.orElse(null);
		Long lag = statuses().map(FollowerStatus::lag)
			.filter(Objects::nonNull)
			.max(Duration::compareTo)
			.map(Duration::toSeconds)
			.orElse(null);
		String lastError = statuses().map(FollowerStatus::lastError).filter(Objects::nonNull).findFirst().orElse(null);
		return new Follower(state, lastPoll, lag, lastError);
	}

	/** Return the organizations that are followed. */
	public List<String> organizations() {
		return statuses().map((status) -> status.key().organization()).toList();
	}

	/** Return whether the head of an organization's log has not been reached yet. */
	public boolean isCatchingUp(String organization) {
		return is(organization, (status) -> status.lastHead() == null && status.state() != FollowerStatus.State.STANDBY
				&& status.state() != FollowerStatus.State.STOPPED);
	}

	/** Return whether this instance has archived all entries before a time. */
	public boolean isArchivedUpTo(String organization, Instant time) {
		return is(organization,
				(status) -> status.leading() && status.lastHead() != null && status.lastHead().isAfter(time));
	}

	private boolean is(String organization, Predicate<FollowerStatus> condition) {
		return statuses().filter((status) -> status.key().organization().equals(organization)).anyMatch(condition);
	}

	private Stream<FollowerStatus> statuses() {
		return this.followers.statuses()
			.stream()
			.filter((status) -> status.key().follower().equals(AuditLogArchive.FOLLOWER));
	}

	/**
	 * What the follower does. The last poll reached the head of the log; the lag is the
	 * age of the entries that are being archived.
	 */
	public record Follower(State state, @Nullable Instant lastPoll, @Nullable Long lagSeconds,
			@Nullable String lastError) {

		/** Return whether Turso answers, as far as the follower knows. */
		public String turso() {
			if (this.state == State.FAILING) {
				return "DOWN";
			}
			return (this.state == State.LEADING && this.lastPoll != null && this.lastError == null) ? "UP" : "UNKNOWN";
		}

	}

	/**
	 * States of the follower, the worst last.
	 */
	public enum State {

		/** This instance archives. */
		LEADING,

		/** Another instance archives. */
		STANDBY,

		/** Paused by an operator. */
		PAUSED,

		/** Stopped, with the application or at a gap. */
		STOPPED,

		/** The last attempt failed and is retried. */
		FAILING;

		static State of(FollowerStatus status) {
			return switch (status.state()) {
				case STARTING, FOLLOWING -> LEADING;
				case STANDBY -> STANDBY;
				case PAUSED -> PAUSED;
				case STOPPED, STOPPED_AT_GAP -> STOPPED;
				case FAILING -> FAILING;
			};
		}

		@JsonValue
		String value() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
