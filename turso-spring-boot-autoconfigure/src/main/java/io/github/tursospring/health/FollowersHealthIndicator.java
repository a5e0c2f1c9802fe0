package io.github.tursospring.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;

/**
 * {@link ReactiveHealthIndicator} for followers. It is down if one of them has stopped at
 * a gap, or has failed or had a page in hand for longer than a limit. It makes no
 * request.
 *
 * @since 0.1.0
 */
public class FollowersHealthIndicator extends AbstractReactiveHealthIndicator {

	private final AuditLogFollowers followers;

	private final Duration downAfter;

	private final Clock clock;

	/**
	 * Create a new indicator.
	 * @param followers the followers
	 * @param downAfter how long a follower may fail, or have a page in hand
	 * @param clock the clock to compare with
	 */
	public FollowersHealthIndicator(AuditLogFollowers followers, Duration downAfter, Clock clock) {
		super("Followers health check failed");
		this.followers = followers;
		this.downAfter = downAfter;
		this.clock = clock;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return Mono.fromCallable(() -> {
			builder.up();
			Map<String, Map<String, Object>> details = new TreeMap<>();
			for (FollowerStatus status : this.followers.statuses()) {
				if (isDown(status)) {
					builder.down();
				}
				details.computeIfAbsent(status.key().follower(), (follower) -> new TreeMap<>())
					.put(status.key().organization(), describe(status));
			}
			details.forEach(builder::withDetail);
			return builder.build();
		});
	}

	private boolean isDown(FollowerStatus status) {
		return status.state() == State.STOPPED_AT_GAP || isTooLong(status.failingSince())
				|| isTooLong(status.pageInHandSince());
	}

	private boolean isTooLong(@Nullable Instant since) {
		return since != null && Duration.between(since, this.clock.instant()).compareTo(this.downAfter) > 0;
	}

	private static Map<String, Object> describe(FollowerStatus status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", status.state().name());
		details.put("leading", status.leading());
		put(details, "position", status.position());
		put(details, "lag", (status.lag() != null) ? status.lag().toSeconds() + "s" : null);
		put(details, "lastHead", status.lastHead());
		put(details, "pageInHandSince", status.pageInHandSince());
		put(details, "failingSince", status.failingSince());
		put(details, "lastError", status.lastError());
		if (status.lastGap() != null) {
			details.put("gap", Map.of("position", status.lastGap().position().toString(), "oldestEntry",
					status.lastGap().oldestEntry().toString()));
		}
		return details;
	}

	private static void put(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value.toString());
		}
	}

}
