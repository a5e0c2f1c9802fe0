package io.github.tursospring.endpoint;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;

/**
 * {@link Endpoint @Endpoint} that shows what followers of audit logs do. With
 * unrestricted access, it pauses and resumes them, and replays from a time.
 *
 * @since 0.1.0
 */
@Endpoint(id = "auditlogfollowers", defaultAccess = Access.READ_ONLY)
public class AuditLogFollowersEndpoint {

	private final AuditLogFollowers followers;

	/**
	 * Create a new endpoint.
	 * @param followers the followers
	 */
	public AuditLogFollowersEndpoint(AuditLogFollowers followers) {
		this.followers = followers;
	}

	/**
	 * Return what each follower of this instance does.
	 * @return the followers
	 */
	@ReadOperation
	public FollowersDescriptor followers() {
		Map<String, Map<String, FollowerStatus>> followers = new TreeMap<>();
		for (FollowerStatus status : this.followers.statuses()) {
			followers.computeIfAbsent(status.key().follower(), (follower) -> new TreeMap<>())
				.put(status.key().organization(), status);
		}
		return new FollowersDescriptor(followers);
	}

	/**
	 * Return what a follower of this instance does.
	 * @param follower the follower's name
	 * @return its organizations, or {@code null} if there is no such follower
	 */
	@ReadOperation
	public @Nullable Map<String, FollowerStatus> follower(@Selector String follower) {
		return followers().followers().get(follower);
	}

	/**
	 * Pause, resume or replay a follower, in all instances.
	 * @param follower the follower's name
	 * @param action {@code pause}, {@code resume} or {@code replay}
	 * @param organization the organization's slug, {@code null} for all
	 * @param from the time to replay from
	 * @return what the follower does in this instance afterwards
	 */
	@WriteOperation
	public Mono<Map<String, FollowerStatus>> operate(@Selector String follower, String action,
			@Nullable String organization, @Nullable String from) {
		Function<CheckpointKey, Mono<Void>> operation = operation(action, from);
		if (from != null && !action.equalsIgnoreCase("replay")) {
			throw invalid("'from' is for 'replay' only");
		}
		List<CheckpointKey> keys = statuses(follower).stream()
			.map(FollowerStatus::key)
			.filter((key) -> organization == null || key.organization().equals(organization))
			.toList();
		if (keys.isEmpty()) {
			throw invalid("There is no follower '" + follower + "'"
					+ ((organization != null) ? " of organization '" + organization + "'" : "") + "; followers: "
					+ this.followers.statuses().stream().map((status) -> status.key().follower()).distinct().toList());
		}
		return Flux.fromIterable(keys)
			.flatMapDelayError(operation, keys.size(), 1)
			.then(Mono.fromCallable(() -> follower(follower)));
	}

	private Function<CheckpointKey, Mono<Void>> operation(String action, @Nullable String from) {
		return switch (action.toLowerCase(Locale.ROOT)) {
			case "pause" -> this.followers::pause;
			case "resume" -> this.followers::resume;
			case "replay" -> {
				Instant time = time(from);
				yield (key) -> this.followers.replay(key, time);
			}
			default -> throw invalid("'action' must be 'pause', 'resume' or 'replay'");
		};
	}

	private static Instant time(@Nullable String from) {
		try {
			Instant time = Instant.parse(String.valueOf(from));
			if (time.isBefore(Clock.systemUTC().instant())) {
				return time;
			}
		}
		catch (DateTimeException ex) {
			// is reported below
		}
		throw invalid("'replay' needs 'from', a time in the past such as 2026-01-31T00:00:00Z");
	}

	private List<FollowerStatus> statuses(String follower) {
		return this.followers.statuses().stream().filter((status) -> status.key().follower().equals(follower)).toList();
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * Description of all followers.
	 *
	 * @param followers what each follower does, by follower and organization
	 */
	public record FollowersDescriptor(Map<String, Map<String, FollowerStatus>> followers) {
	}

}
