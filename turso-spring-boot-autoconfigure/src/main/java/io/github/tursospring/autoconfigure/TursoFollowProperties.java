package io.github.tursospring.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for following Turso's audit logs.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("turso.audit-logs.follow")
public class TursoFollowProperties {

	/**
	 * Whether to follow audit logs if there is a handler for them.
	 */
	private boolean enabled = true;

	/**
	 * Slugs of the organizations that followers follow. Empty for the default
	 * organization.
	 */
	private List<String> organizations = new ArrayList<>();

	/**
	 * Where to start while no position is stored: "oldest" for the oldest entry, "now"
	 * for new entries only, or a time in the past such as 2026-01-31T00:00:00Z.
	 */
	private String startTime = "oldest";

	/**
	 * How long to wait at the head of the log before looking for new entries. At least
	 * 100ms.
	 */
	private Duration pollInterval = Duration.ofSeconds(30);

	/**
	 * How far behind its position a follower looks for entries that appear late.
	 */
	private Duration lookback = Duration.ofSeconds(60);

	/**
	 * What to do if entries may have been removed before they were delivered: report it
	 * and continue, or stop until an operator resumes the follower.
	 */
	private OnGap onGap = OnGap.CONTINUE;

	/**
	 * Longest time that a handler may take for a page. After it, the handler is
	 * cancelled, its lock is released and the page is retried.
	 */
	private Duration handlerTimeout = Duration.ofMinutes(10);

	/**
	 * How long ShedLock keeps the lock of an instance that died. After it, another
	 * instance follows.
	 */
	private Duration lockAtMostFor = Duration.ofSeconds(30);

	private final Backoff backoff = new Backoff();

	private final File file = new File();

	private final Health health = new Health();

	/**
	 * Settings of single followers, by the name of the handler's bean.
	 */
	private final Map<String, Follower> followers = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public List<String> getOrganizations() {
		return this.organizations;
	}

	public void setOrganizations(List<String> organizations) {
		this.organizations = organizations;
	}

	public String getStartTime() {
		return this.startTime;
	}

	public void setStartTime(String startTime) {
		this.startTime = startTime;
	}

	public Duration getPollInterval() {
		return this.pollInterval;
	}

	public void setPollInterval(Duration pollInterval) {
		this.pollInterval = pollInterval;
	}

	public Duration getLookback() {
		return this.lookback;
	}

	public void setLookback(Duration lookback) {
		this.lookback = lookback;
	}

	public OnGap getOnGap() {
		return this.onGap;
	}

	public void setOnGap(OnGap onGap) {
		this.onGap = onGap;
	}

	public Duration getHandlerTimeout() {
		return this.handlerTimeout;
	}

	public void setHandlerTimeout(Duration handlerTimeout) {
		this.handlerTimeout = handlerTimeout;
	}

	public Duration getLockAtMostFor() {
		return this.lockAtMostFor;
	}

	public void setLockAtMostFor(Duration lockAtMostFor) {
		this.lockAtMostFor = lockAtMostFor;
	}

	public Backoff getBackoff() {
		return this.backoff;
	}

	public File getFile() {
		return this.file;
	}

	public Health getHealth() {
		return this.health;
	}

	public Map<String, Follower> getFollowers() {
		return this.followers;
	}

	/**
	 * What to do at a gap.
	 */
	public enum OnGap {

		/** Report it and continue. */
		CONTINUE,

		/** Report it and stop. */
		STOP

	}

	/**
	 * When to retry a page whose handler failed, or following that failed.
	 */
	public static class Backoff {

		/**
		 * Wait before the first retry.
		 */
		private Duration delay = Duration.ofSeconds(1);

		/**
		 * Factor by which each further wait is longer.
		 */
		private double multiplier = 2;

		/**
		 * Longest wait between two attempts.
		 */
		private Duration maxDelay = Duration.ofMinutes(1);

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

	}

	/**
	 * Positions in files.
	 */
	public static class File {

		/**
		 * Directory for positions, with one file for each follower and organization.
		 * Created if it is missing, and preferred to a database if it is set.
		 */
		private @Nullable String directory;

		public @Nullable String getDirectory() {
			return this.directory;
		}

		public void setDirectory(@Nullable String directory) {
			this.directory = directory;
		}

	}

	/**
	 * Health of followers.
	 */
	public static class Health {

		/**
		 * How long a follower may fail, or have a page in hand, before health is DOWN.
		 */
		private Duration downAfter = Duration.ofMinutes(5);

		public Duration getDownAfter() {
			return this.downAfter;
		}

		public void setDownAfter(Duration downAfter) {
			this.downAfter = downAfter;
		}

	}

	/**
	 * Settings of one follower. They override those of all followers.
	 */
	public static class Follower {

		/**
		 * Whether this handler follows.
		 */
		private boolean enabled = true;

		/**
		 * Slugs of the organizations to follow.
		 */
		private @Nullable List<String> organizations;

		/**
		 * Where to start while no position is stored: "oldest", "now", or a time in the
		 * past.
		 */
		private @Nullable String startTime;

		/**
		 * How long to wait at the head of the log before looking for new entries.
		 */
		private @Nullable Duration pollInterval;

		/**
		 * How far behind its position to look for entries that appear late.
		 */
		private @Nullable Duration lookback;

		/**
		 * What to do if entries may have been removed before they were delivered.
		 */
		private @Nullable OnGap onGap;

		/**
		 * Longest time that the handler may take for a page.
		 */
		private @Nullable Duration handlerTimeout;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable List<String> getOrganizations() {
			return this.organizations;
		}

		public void setOrganizations(@Nullable List<String> organizations) {
			this.organizations = organizations;
		}

		public @Nullable String getStartTime() {
			return this.startTime;
		}

		public void setStartTime(@Nullable String startTime) {
			this.startTime = startTime;
		}

		public @Nullable Duration getPollInterval() {
			return this.pollInterval;
		}

		public void setPollInterval(@Nullable Duration pollInterval) {
			this.pollInterval = pollInterval;
		}

		public @Nullable Duration getLookback() {
			return this.lookback;
		}

		public void setLookback(@Nullable Duration lookback) {
			this.lookback = lookback;
		}

		public @Nullable OnGap getOnGap() {
			return this.onGap;
		}

		public void setOnGap(@Nullable OnGap onGap) {
			this.onGap = onGap;
		}

		public @Nullable Duration getHandlerTimeout() {
			return this.handlerTimeout;
		}

		public void setHandlerTimeout(@Nullable Duration handlerTimeout) {
			this.handlerTimeout = handlerTimeout;
		}

	}

}
