package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Number of retries of a page and the waits before them.
 *
 * @param maxRetries maximum number of retries, 0 for none
 * @param delay the wait before the first retry
 * @param multiplier factor by which each further wait is longer
 * @param maxDelay the longest of the client's own waits
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
	 * return together. A wait that the server asks for is observed, but is never shorter
	 * than the client's own first wait.
	 * @param retry the number of the retry, from 1
	 * @param retryAfter the wait that the server asked for, if it did
	 * @return the wait, or {@code null} where the page is not requested again
	 */
	@Nullable Duration waitBefore(int retry, @Nullable Duration retryAfter) {
		if (retry > this.maxRetries) {
			return null;
		}
		if (retryAfter != null) {
			if (retryAfter.compareTo(this.maxRetryAfter) > 0) {
				return null;
			}
			Duration own = jittered(this.delay);
			return (retryAfter.compareTo(own) > 0) ? retryAfter : own;
		}
		return jittered(new Backoff(this.delay, this.multiplier, this.maxDelay).after(retry));
	}

	/**
	 * Return how long all requests of a client pause after a response of status 429.
	 * @param retryAfter the wait that the server asked for, if it did
	 * @return the pause, which is not longer than the longest wait that a server may ask
	 * for
	 */
	Duration pauseAfterLimit(@Nullable Duration retryAfter) {
		Duration pause = (retryAfter != null) ? retryAfter : jittered(this.delay);
		return (pause.compareTo(this.maxRetryAfter) > 0) ? this.maxRetryAfter : pause;
	}

	private Duration jittered(Duration wait) {
		return Duration.ofNanos((long) ((double) wait.toNanos() * (1 - this.jitter.getAsDouble() / 2)));
	}

}
