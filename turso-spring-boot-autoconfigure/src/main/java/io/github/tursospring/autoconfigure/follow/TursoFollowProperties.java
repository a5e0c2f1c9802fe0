package io.github.tursospring.autoconfigure.follow;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the managed follower of Turso's audit logs.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("turso.audit-logs.follow")
public class TursoFollowProperties {

	/**
	 * Whether to follow audit logs when there is a handler for them.
	 */
	private boolean enabled = true;

	/**
	 * Where to start while no position is stored: "oldest" for the oldest entry, "now"
	 * for entries to come, or a time such as 2026-01-31T00:00:00Z.
	 */
	private String startTime = "oldest";

	/**
	 * Longest time that a follower which has died keeps others from following in its
	 * place.
	 */
	private Duration lockAtMostFor = Duration.ofSeconds(30);

	private final Backoff backoff = new Backoff();

	private final File file = new File();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getStartTime() {
		return this.startTime;
	}

	public void setStartTime(String startTime) {
		this.startTime = startTime;
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

	/**
	 * When a page is handed over again whose handler failed.
	 */
	public static class Backoff {

		/**
		 * Wait before the first new attempt.
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
	 * Positions that are kept in files.
	 */
	public static class File {

		/**
		 * Directory to keep positions in, one file for each organization. Created if it
		 * is missing, and preferred to a database if it is set.
		 */
		private @Nullable String directory;

		public @Nullable String getDirectory() {
			return this.directory;
		}

		public void setDirectory(@Nullable String directory) {
			this.directory = directory;
		}

	}

}
