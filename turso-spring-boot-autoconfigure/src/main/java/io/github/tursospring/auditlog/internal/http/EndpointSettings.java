package io.github.tursospring.auditlog.internal.http;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits of requests to the endpoint.
 *
 * @param retryPolicy when a page is requested again
 * @param maxResponseSize the largest response body to accept, in bytes
 * @param responseTimeout time limit for a complete response, for each attempt
 * @param nanoTime clock that pauses after a rate limit are measured by, in nanoseconds
 * @param clock clock for responses that do not say when they were made
 */
public record EndpointSettings(RetryPolicy retryPolicy, int maxResponseSize, Duration responseTimeout,
		LongSupplier nanoTime, Clock clock) {

	/** Default time limit for a complete response. */
	public static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(60);

	/**
	 * Create new settings.
	 * @param retryPolicy when a page is requested again
	 * @param maxResponseSize the largest response body to accept, in bytes
	 * @param responseTimeout time limit for a complete response, for each attempt
	 */
	public EndpointSettings(RetryPolicy retryPolicy, int maxResponseSize, Duration responseTimeout) {
		this(retryPolicy, maxResponseSize, responseTimeout, System::nanoTime, Clock.systemUTC());
	}

}
