package io.github.tursospring.sample.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;

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
	 * @return the status
	 */
	public Follower follower() {
		List<FollowerStatus> all = statuses();
		Instant lastPoll = all.stream()
			.map(FollowerStatus::lastHead)
			.filter(Objects::nonNull)
			.max(Instant::compareTo)
			.orElse(null);
		Duration lag = all.stream()
			.map(FollowerStatus::lag)
			.filter(Objects::nonNull)
			.max(Duration::compareTo)
			.orElse(null);
		String lastError = all.stream()
			.map(FollowerStatus::lastError)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		return new Follower(state(all), lastPoll, (lag != null) ? lag.toSeconds() : null, lastError);
	}

	private static FollowerState state(List<FollowerStatus> all) {
		return all.stream().map(ArchiveStatus::state).max(FollowerState::compareTo).orElse(FollowerState.STOPPED);
	}

	private static FollowerState state(FollowerStatus status) {
		return switch (status.state()) {
			case STARTING, FOLLOWING -> FollowerState.LEADING;
			case STANDBY -> FollowerState.STANDBY;
			case PAUSED -> FollowerState.PAUSED;
			case STOPPED, STOPPED_AT_GAP -> FollowerState.STOPPED;
			case FAILING -> FollowerState.FAILING;
		};
	}

	/**
	 * Return whether the backlog of an organization is being archived.
	 * @param organization the organization's slug
	 * @return {@code true} until the head of its log is reached for the first time
	 */
	public boolean isCatchingUp(String organization) {
		return status(organization, (status) -> status.lastHead() == null && status.state() != State.STANDBY
				&& status.state() != State.STOPPED);
	}

	/**
	 * Return whether all entries before a time are archived, by this instance.
	 * @param organization the organization's slug
	 * @param time the time
	 * @return {@code true} if the head of the log was reached after it
	 */
	public boolean isArchivedUpTo(String organization, Instant time) {
		return status(organization,
				(status) -> status.leading() && status.lastHead() != null && status.lastHead().isAfter(time));
	}

	private boolean status(String organization, Predicate<FollowerStatus> condition) {
		return statuses().stream()
			.filter((status) -> status.key().organization().equals(organization))
			.anyMatch(condition);
	}

	/**
	 * Return the organizations that are followed.
	 * @return their slugs
	 */
	public List<String> organizations() {
		return statuses().stream().map((status) -> status.key().organization()).toList();
	}

	private List<FollowerStatus> statuses() {
		return this.followers.statuses()
			.stream()
			.filter((status) -> status.key().follower().equals(AuditLogArchive.FOLLOWER))
			.toList();
	}

	/**
	 * What the follower does.
	 *
	 * @param state the state
	 * @param lastPoll when the head of the log was last reached, {@code null} if never
	 * @param lagSeconds age of the entries that are being archived, {@code null} if it is
	 * not known
	 * @param lastError the last failure since the last success, {@code null} if there is
	 * none
	 */
	public record Follower(FollowerState state, @Nullable Instant lastPoll, @Nullable Long lagSeconds,
			@Nullable String lastError) {

		/**
		 * Return whether Turso answers, as far as the follower knows.
		 * @return {@code UP}, {@code DOWN} or {@code UNKNOWN}
		 */
		public String turso() {
			if (this.state == FollowerState.FAILING) {
				return "DOWN";
			}
			return (this.state == FollowerState.LEADING && this.lastPoll != null && this.lastError == null) ? "UP"
					: "UNKNOWN";
		}

	}

}
