package io.github.tursospring.auditlog.internal.http;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.TursoApiException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.TursoServerException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, in virtual time, for how long a page is waited with before it is asked for
 * again.
 */
class RetryWaitTests {

	private static final String DATE = "Wed, 20 Dec 2023 09:46:08 GMT";

	private final AtomicInteger requests = new AtomicInteger();

	@Test
	void retriesShouldWaitLongerEachTime() {
		StepVerifier.withVirtualTime(() -> fetch(4, 503, null))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(199))
			.then(() -> assertThat(this.requests).hasValue(1))
			.expectNoEvent(Duration.ofMillis(1))
			.then(() -> assertThat(this.requests).hasValue(2))
			.expectNoEvent(Duration.ofMillis(400))
			.then(() -> assertThat(this.requests).hasValue(3))
			.expectNoEvent(Duration.ofMillis(800))
			.then(() -> assertThat(this.requests).hasValue(4))
			.thenAwait(Duration.ofMillis(1600))
			.expectNextCount(1)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 502, 503, 504 })
	void retryShouldWaitForSecondsOfRetryAfter(int status) {
		assertWaits(status, "30", Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Wed, 20 Dec 2023 09:46:38 GMT | PT30S
			Wed, 20 Dec 2023 09:47:08 GMT | PT60S
			Wed, 20 Dec 2023 09:46:08 GMT | PT0.2S
			Tue, 19 Dec 2023 09:46:08 GMT | PT0.2S
			""")
	void retryShouldWaitUntilDateOfRetryAfter(String retryAfter, Duration wait) {
		assertWaits(429, retryAfter, wait);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "soon", "-1", "1.5", "" })
	void retryWhenRetryAfterIsInvalidShouldUseBackoff(String retryAfter) {
		assertWaits(429, retryAfter, Duration.ofMillis(200));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			61                            | PT61S
			86400                         | PT24H
			Wed, 20 Dec 2023 09:47:09 GMT | PT61S
			Thu, 20 Dec 2029 09:46:08 GMT | PT52608H
			""")
	void fetchWhenRetryAfterIsTooLongShouldFail(String retryAfter, Duration asked) {
		StepVerifier.withVirtualTime(() -> fetch(4, 429, retryAfter)).expectErrorSatisfies((ex) -> {
			assertThat(ex).isExactlyInstanceOf(TursoRateLimitedException.class)
				.hasMessageContaining("organization 'acme'")
				.hasMessageContaining("wait " + asked.toSeconds() + " s")
				.hasMessageContaining("turso.retry.max-retry-after");
			assertThat(((TursoRateLimitedException) ex).retryAfter()).isEqualTo(asked);
		}).verify(TursoServer.PATIENCE);
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void fetchWhenRetryAfterOfServerErrorIsTooLongShouldFail() {
		StepVerifier.withVirtualTime(() -> fetch(4, 503, "61"))
			.expectError(TursoServerException.class)
			.verify(TursoServer.PATIENCE);
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void exceptionShouldHaveRetryAfterOfLastResponse() {
		StepVerifier.withVirtualTime(() -> fetch(0, 429, "7"))
			.expectErrorSatisfies((ex) -> assertThat(((TursoRateLimitedException) ex).retryAfter()).hasSeconds(7))
			.verify(TursoServer.PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon" })
	void exceptionWhenRetryAfterIsAbsentShouldHaveNone(String retryAfter) {
		StepVerifier.withVirtualTime(() -> fetch(0, 429, retryAfter)).expectErrorSatisfies((ex) -> {
			assertThat(((TursoRateLimitedException) ex).retryAfter()).isNull();
			assertThat(ex.getMessage()).doesNotContain("asks to wait");
		}).verify(TursoServer.PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 500 })
	void retryAfterShouldNotMakePermanentStatusRetried(int status) {
		StepVerifier.withVirtualTime(() -> fetch(4, status, "1"))
			.expectErrorSatisfies((ex) -> assertThat(((TursoApiException) ex).status()).isEqualTo(status))
			.verify(TursoServer.PATIENCE);
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void cancelShouldEndWait() {
		StepVerifier.withVirtualTime(() -> fetch(4, 503, "30"))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(29))
			.thenCancel()
			.verify(TursoServer.PATIENCE);
		assertThat(this.requests).hasValue(1);
	}

	private void assertWaits(int status, String retryAfter, Duration wait) {
		StepVerifier.withVirtualTime(() -> fetch(1, status, retryAfter))
			.expectSubscription()
			.expectNoEvent(wait.minusMillis(1))
			.then(() -> assertThat(this.requests).hasValue(1))
			.thenAwait(Duration.ofMillis(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
		assertThat(this.requests).hasValue(2);
	}

	/** Fail as often as there are retries, then answer. */
	private Mono<SourcePage> fetch(int maxRetries, int status, @Nullable String retryAfter) {
		WebClient webClient = WebClient.builder().exchangeFunction((request) -> {
			boolean passed = maxRetries > 0 && this.requests.get() == maxRetries;
			this.requests.incrementAndGet();
			ClientResponse.Builder response = ClientResponse.create(HttpStatusCode.valueOf(passed ? 200 : status))
				.header("Date", DATE)
				.body("{\"audit_logs\": []}");
			return Mono
				.just((retryAfter != null) ? response.header("Retry-After", retryAfter).build() : response.build());
		}).build();
		RetryPolicy policy = new RetryPolicy(maxRetries, Duration.ofMillis(200), 2, Duration.ofSeconds(10),
				Duration.ofSeconds(60), () -> 0);
		EndpointSettings settings = new EndpointSettings(policy, 1000, Duration.ofSeconds(60),
				() -> VirtualTimeScheduler.get().now(TimeUnit.NANOSECONDS), Clock.systemUTC());
		return new AuditLogEndpoint(() -> webClient, TursoServer.TOKEN, settings).of("acme").fetch(1, 100);
	}

}
