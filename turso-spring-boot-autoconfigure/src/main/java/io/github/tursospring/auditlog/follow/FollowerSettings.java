package io.github.tursospring.auditlog.follow;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How the managed follower works.
 *
 * @param startTime where to start an organization that has no position yet; {@code null}
 * for its oldest entry
 * @param delay the wait after a page's first failure
 * @param multiplier by how much each further wait is longer
 * @param maxDelay the longest wait
 * @since 0.1.0
 */
public record FollowerSettings(@Nullable Instant startTime, Duration delay, double multiplier, Duration maxDelay) {

	/**
	 * Return the wait after a failure.
	 * @param failures the number of failures in a row, from 1
	 * @return the wait
	 */
	Duration backoff(long failures) {
		double millis = (double) this.delay.toMillis() * Math.pow(this.multiplier, (double) Math.min(failures, 64) - 1);
		return Duration.ofMillis((long) Math.min(millis, (double) this.maxDelay.toMillis()));
	}

}
