package io.github.tursospring.autoconfigure.follow;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.http.Backoff;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.FollowerSettings;
import io.github.tursospring.autoconfigure.ConfigurationRange;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.TursoFollowProperties;
import io.github.tursospring.autoconfigure.TursoFollowProperties.OnGap;

/**
 * Maps {@link TursoFollowProperties} to the settings of each follower, and checks their
 * ranges.
 */
class FollowerSettingsMapper {

	private static final String PREFIX = "turso.audit-logs.follow.";

	private static final Duration DAY = Duration.ofDays(1);

	private static final TursoFollowProperties.Follower DEFAULTS = new TursoFollowProperties.Follower();

	private final TursoFollowProperties properties;

	private final Duration maxRetryAfter;

	FollowerSettingsMapper(TursoFollowProperties properties, Duration maxRetryAfter) {
		this.properties = properties;
		this.maxRetryAfter = maxRetryAfter;
	}

	boolean isEnabled(String follower) {
		return find(follower).getValue().isEnabled();
	}

	/** Whether a configured name is that of a follower. */
	static boolean isKeyOf(String key, String follower) {
		return uniform(key).equals(uniform(follower));
	}

	Duration lockAtMostFor() {
		return ConfigurationRange.check(PREFIX + "lock-at-most-for", this.properties.getLockAtMostFor(),
				Duration.ofSeconds(1), DAY);
	}

	/**
	 * Return the settings of a follower.
	 * @param follower the follower's name
	 * @param startTime the start time of its handler's query, if it has one
	 * @param defaultOrganizations the organizations of followers that have none
	 * @return the settings
	 */
	FollowerSettings map(String follower, @Nullable Instant startTime, List<String> defaultOrganizations) {
		Map.Entry<String, TursoFollowProperties.Follower> own = find(follower);
		String prefix = PREFIX + "followers." + own.getKey() + ".";
		Durations durations = new Durations(own.getValue(), prefix);
		FollowSettings reading = new FollowSettings(
				durations.get("poll-interval", TursoFollowProperties.Follower::getPollInterval,
						this.properties.getPollInterval(), Duration.ofMillis(100), DAY),
				durations.get("lookback", TursoFollowProperties.Follower::getLookback, this.properties.getLookback(),
						Duration.ZERO, DAY),
				maxBackoff());
		Duration handlerTimeout = durations.get("handler-timeout", TursoFollowProperties.Follower::getHandlerTimeout,
				this.properties.getHandlerTimeout(), Duration.ofMillis(100), Duration.ofDays(7));
		return new FollowerSettings(organizations(own.getValue(), prefix, defaultOrganizations),
				startTime(own.getValue(), prefix, startTime), reading, backoff(), handlerTimeout,
				onGap(own.getValue()) == OnGap.STOP);
	}

	private Duration maxBackoff() {
		Duration own = backoff().maxDelay();
		return (this.maxRetryAfter.compareTo(own) > 0) ? this.maxRetryAfter : own;
	}

	private Backoff backoff() {
		TursoFollowProperties.Backoff backoff = this.properties.getBackoff();
		Duration delay = ConfigurationRange.check(PREFIX + "backoff.delay", backoff.getDelay(), Duration.ofMillis(10),
				Duration.ofHours(1));
		ConfigurationRange.check(PREFIX + "backoff.multiplier", backoff.getMultiplier(), 1, 100);
		ConfigurationRange.check(PREFIX + "backoff.max-delay", backoff.getMaxDelay(), delay, DAY);
		return new Backoff(delay, backoff.getMultiplier(), backoff.getMaxDelay());
	}

	private OnGap onGap(TursoFollowProperties.Follower own) {
		return (own.getOnGap() != null) ? own.getOnGap() : this.properties.getOnGap();
	}

	private List<String> organizations(TursoFollowProperties.Follower own, String prefix,
			List<String> defaultOrganizations) {
		List<String> organizations = own.getOrganizations();
		if (organizations != null && !organizations.isEmpty()) {
			return slugs(prefix + "organizations", organizations);
		}
		return this.properties.getOrganizations().isEmpty() ? defaultOrganizations
				: slugs(PREFIX + "organizations", this.properties.getOrganizations());
	}

	private static List<String> slugs(String key, List<String> organizations) {
		try {
			organizations.forEach(AuditLogQuery.builder()::organization);
			return organizations;
		}
		catch (IllegalArgumentException ex) {
			throw new TursoConfigurationException("The value of '" + key + "' is not valid: " + ex.getMessage() + ".",
					"Set '" + key + "' to the organizations' slugs, of letters, digits and hyphens: 'turso org list'"
							+ " shows them.",
					ex);
		}
	}

	private @Nullable Instant startTime(TursoFollowProperties.Follower own, String prefix, @Nullable Instant ofQuery) {
		if (own.getStartTime() != null) {
			return startTime(prefix + "start-time", own.getStartTime());
		}
		return (ofQuery != null) ? ofQuery : startTime(PREFIX + "start-time", this.properties.getStartTime());
	}

	private static @Nullable Instant startTime(String key, String startTime) {
		try {
			return switch (startTime.strip()) {
				case "oldest" -> null;
				case "now" -> Clock.systemUTC().instant();
				default -> inThePast(key, Instant.parse(startTime.strip()));
			};
		}
		catch (DateTimeException ex) {
			throw new TursoConfigurationException("The value '" + startTime + "' of '" + key + "' is not a start time.",
					"Set '" + key + "' to 'oldest', 'now', or a time such as 2026-01-31T00:00:00Z.");
		}
	}

	private static Instant inThePast(String key, Instant startTime) {
		if (isInTheFuture(startTime)) {
			throw new TursoConfigurationException(
					"The value " + startTime + " of '" + key
							+ "' is in the future: nothing would be delivered until then.",
					"Set '" + key + "' to 'oldest', 'now', or a time in the past such as 2026-01-31T00:00:00Z.");
		}
		return startTime;
	}

	static boolean isInTheFuture(@Nullable Instant startTime) {
		return startTime != null && startTime.isAfter(Clock.systemUTC().instant());
	}

	private Map.Entry<String, TursoFollowProperties.Follower> find(String follower) {
		Map<String, TursoFollowProperties.Follower> all = this.properties.getFollowers();
		return all.entrySet()
			.stream()
			.filter((entry) -> isKeyOf(entry.getKey(), follower))
			.findFirst()
			.orElseGet(() -> Map.entry(follower, DEFAULTS));
	}

	/** Environment variables have lost case and hyphens. */
	private static String uniform(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Durations of one follower, or else of all.
	 *
	 * @param own the follower's own
	 * @param prefix the prefix of its keys
	 */
	private record Durations(TursoFollowProperties.Follower own, String prefix) {

		Duration get(String key, Function<TursoFollowProperties.Follower, @Nullable Duration> property, Duration ofAll,
				Duration least, Duration most) {
			Duration value = property.apply(this.own);
			return (value != null) ? ConfigurationRange.check(this.prefix + key, value, least, most)
					: ConfigurationRange.check(PREFIX + key, ofAll, least, most);
		}

	}

}
