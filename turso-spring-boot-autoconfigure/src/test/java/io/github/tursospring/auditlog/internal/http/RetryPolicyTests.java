package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryPolicy}.
 */
class RetryPolicyTests {

	@ParameterizedTest
	@CsvSource({ "1, PT0.2S", "2, PT0.4S", "3, PT0.8S", "4, PT1.6S", "5, PT3.2S", "6, PT6.4S", "7, PT10S", "8, PT10S",
			"100, PT10S", "5000, PT10S" })
	void waitShouldGrowByMultiplierUpToMaximum(int retry, Duration wait) {
		assertThat(policy(5000, () -> 0).waitBefore(retry, null)).isEqualTo(wait);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.25, 0.5, 0.999 })
	void jitterShouldShortenWaitByUpToHalf(double random) {
		Duration wait = policy(4, () -> random).waitBefore(3, null);
		assertThat(wait).isEqualTo(Duration.ofNanos((long) (800_000_000 * (1 - random / 2))))
			.isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
	}

	@Test
	void jitterShouldBeRandomByDefault() {
		RetryPolicy policy = new RetryPolicy(4, Duration.ofMillis(200), 2, Duration.ofSeconds(10),
				Duration.ofSeconds(60));
		assertThat(IntStream.range(0, 50).mapToObj((i) -> policy.waitBefore(1, null)).distinct()).hasSizeGreaterThan(10)
			.allSatisfy((wait) -> assertThat(wait).isBetween(Duration.ofMillis(100), Duration.ofMillis(200)));
	}

	@Test
	void waitWhenRetriesAreExhaustedShouldBeNull() {
		assertThat(policy(4, () -> 0).waitBefore(4, null)).isNotNull();
		assertThat(policy(4, () -> 0).waitBefore(5, null)).isNull();
		assertThat(policy(4, () -> 0).waitBefore(5, Duration.ofSeconds(1))).isNull();
		assertThat(policy(0, () -> 0).waitBefore(1, null)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "1, PT1S", "4, PT1S", "1, PT60S", "1, PT0.201S" })
	void waitWhenServerAsksForOneShouldObserveIt(int retry, Duration retryAfter) {
		assertThat(policy(4, () -> 0.9).waitBefore(retry, retryAfter)).isEqualTo(retryAfter);
	}

	@Test
	void waitWhenServerAsksForTooLongShouldBeNull() {
		assertThat(policy(4, () -> 0).waitBefore(1, Duration.ofSeconds(60).plusNanos(1))).isNull();
		assertThat(policy(4, () -> 0).waitBefore(1, Duration.ofDays(36500))).isNull();
	}

	@Test
	void waitOfClientShouldNotDependOnMaximumForServers() {
		RetryPolicy policy = new RetryPolicy(4, Duration.ofMillis(200), 2, Duration.ofSeconds(10), Duration.ZERO,
				() -> 0);
		assertThat(policy.waitBefore(1, null)).isEqualTo(Duration.ofMillis(200));
		assertThat(policy.waitBefore(1, Duration.ofSeconds(1))).isNull();
	}

	@Test
	void waitWhenServerAsksForZeroShouldNotBeZero() {
		assertThat(policy(4, () -> 0).waitBefore(1, Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
		assertThat(policy(4, () -> 0.999).waitBefore(1, Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 2, 3, 4, 5, 6, 60 })
	void waitShouldNotBeShorterThanServerAsksFor(long seconds) {
		RetryPolicy patient = new RetryPolicy(4, Duration.ofSeconds(5), 2, Duration.ofSeconds(10),
				Duration.ofSeconds(60), () -> 0.999);
		assertThat(patient.waitBefore(1, Duration.ofSeconds(seconds)))
			.isGreaterThanOrEqualTo(Duration.ofSeconds(seconds));
	}

	private static RetryPolicy policy(int maxRetries, DoubleSupplier jitter) {
		return new RetryPolicy(maxRetries, Duration.ofMillis(200), 2, Duration.ofSeconds(10), Duration.ofSeconds(60),
				jitter);
	}

}
