package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;

/**
 * Waits that grow exponentially.
 *
 * @param delay the first wait
 * @param multiplier the factor by which each further wait is longer
 * @param maxDelay the longest wait
 */
public record Backoff(Duration delay, double multiplier, Duration maxDelay) {

	/**
	 * Return the wait after a failure.
	 * @param failures the number of failures in a row, from 1
	 * @return the wait
	 */
	public Duration after(long failures) {
		double nanos = (double) this.delay.toNanos() * Math.pow(this.multiplier, (double) Math.min(failures, 64) - 1);
		return Duration.ofNanos((long) Math.min(nanos, (double) this.maxDelay.toNanos()));
	}

}
