package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a page is asked for again.
 *
 * @param maxRetries how many times at most, 0 for never
 * @param delay the wait before the first retry
 * @param multiplier by how much each further wait is longer
 * @param maxDelay the longest wait of the client's own choice
 * @param maxRetryAfter the longest wait that a server may ask for
 * @param jitter source of random numbers from 0 to 1
 */
public record RetryPolicy(int maxRetries, Duration delay, double multiplier, Duration maxDelay, Duration maxRetryAfter,
		DoubleSupplier jitter) {

	public RetryPolicy(int maxRetries, Duration delay, double multiplier, Duration maxDelay, Duration maxRetryAfter) {
		this(maxRetries, delay, multiplier, maxDelay, maxRetryAfter, () -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * Return the wait before a retry. The client's own waits grow exponentially and are
	 * shortened at random by up to a half, so that clients that failed together do not
	 * come back together. A wait that the server asks for is kept to, but never shorter
	 * than the client's own first.
	 * @param retry the number of the retry, from 1
	 * @param retryAfter the wait that the server asked for, if it did
	 * @return the wait, or {@code null} where the page is not to be asked for again
	 */
	@Nullable Duration waitBefore(int retry, @Nullable Duration retryAfter) {
		if (retry > this.maxRetries) {
			return null;
		}
		if (retryAfter != null) {
			if (retryAfter.compareTo(this.maxRetryAfter) > 0) {
				return null;
			}
			Duration own = jittered(this.delay.toNanos());
			return (retryAfter.compareTo(own) > 0) ? retryAfter : own;
		}
		double nanos = (double) this.delay.toNanos() * Math.pow(this.multiplier, retry - 1);
		return jittered((long) Math.min(nanos, (double) this.maxDelay.toNanos()));
	}

	private Duration jittered(long nanos) {
		return Duration.ofNanos((long) ((double) nanos * (1 - this.jitter.getAsDouble() / 2)));
	}

}
