package io.github.tursospring.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogPage.Pagination;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoApiError;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.TursoException.Reason;
import io.github.tursospring.auditlog.TursoForbiddenException;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.TursoServerException;
import io.github.tursospring.auditlog.TursoSubscriptionException;
import io.github.tursospring.auditlog.TursoTransportException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TursoHealthIndicator}.
 */
class TursoHealthIndicatorTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final AuditLogClient client = mock(AuditLogClient.class);

	private final AtomicInteger requests = new AtomicInteger();

	@Test
	void healthWhenReachableShouldBeUpWithDetails() {
		answer(Mono.just(page()));
		Health health = indicator(Duration.ZERO).health().block(LIMIT);
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("organization", "acme")
			.containsEntry("newestEntry", "2026-01-02T03:04:05Z")
			.containsEntry("totalRows", 42L)
			.containsKey("latency");
	}

	@Test
	void healthShouldAskForOneRow() {
		given(this.client.list(any(AuditLogQuery.class))).willAnswer((invocation) -> {
			AuditLogQuery query = invocation.getArgument(0);
			assertThat(query.page()).isEqualTo(1);
			assertThat(query.pageSize()).isEqualTo(1);
			return Mono.just(page());
		});
		Health health = indicator(Duration.ZERO).health().block(LIMIT);
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@MethodSource
	void healthWhenFailingShouldBeDownWithReason(Throwable error, String reason) {
		answer(Mono.error(error));
		Health health = indicator(Duration.ZERO).health().block(LIMIT);
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("reason", reason).containsEntry("error", error.getMessage());
	}

	static Stream<Arguments> healthWhenFailingShouldBeDownWithReason() {
		TursoApiError error = new TursoApiError(400, "no", null, "GET", "/");
		return Stream.of(Arguments.of(new TursoAuthenticationException("m", error), "authentication"),
				Arguments.of(new TursoSubscriptionException("m", error), "subscription"),
				Arguments.of(new TursoForbiddenException("m", error), "forbidden"),
				Arguments.of(new TursoNotFoundException("m", error), "not-found"),
				Arguments.of(new TursoRateLimitedException("m", error, null), "rate-limited"),
				Arguments.of(new TursoServerException("m", error), "server-error"),
				Arguments.of(new TursoProtocolException("m", null), "protocol"),
				Arguments.of(new TursoTransportException("m", null), "transport"),
				Arguments.of(new TursoTransportException("m", null, Reason.TIMEOUT, true), "timeout"));
	}

	@Test
	void healthWithoutOrganizationShouldBeUnknown() {
		answer(Mono.error(new IllegalArgumentException("No organization")));
		Health health = new TursoHealthIndicator(this.client, null, TIMEOUT, Duration.ZERO).health().block(LIMIT);
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void healthWhenArgumentIsRefusedUnexpectedlyShouldBeDown() {
		answer(Mono.error(new IllegalArgumentException("status code 000")));
		assertDown(indicator(Duration.ZERO), "status code 000");
	}

	@Test
	void healthWhenClientThrowsShouldBeDown() {
		given(this.client.list(any(AuditLogQuery.class))).willThrow(new IllegalStateException("no client"));
		assertDown(indicator(Duration.ZERO), "no client");
	}

	@Test
	void healthWhenClientReturnsNullShouldBeDown() {
		given(this.client.list(any(AuditLogQuery.class))).willReturn(null);
		assertDown(indicator(Duration.ZERO), "NullPointerException");
	}

	@Test
	void healthWhenClientReturnsNothingShouldBeDown() {
		answer(Mono.empty());
		assertDown(indicator(Duration.ZERO), "no page");
	}

	@Test
	void healthShouldBeBoundInTime() {
		answer(Mono.never());
		StepVerifier
			.withVirtualTime(
					() -> new TursoHealthIndicator(this.client, "acme", Duration.ofSeconds(2), Duration.ZERO).health())
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(1999))
			.thenAwait(Duration.ofMillis(1))
			.assertNext((health) -> assertThat(health.getDetails()).containsEntry("reason", "timeout")
				.containsEntry("error", "No response within 2000 ms (turso.health.timeout)"))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void healthShouldAskForNoRetries() {
		answer(Mono.deferContextual((context) -> context.hasKey(AuditLogClient.NO_RETRIES) ? Mono.just(page())
				: Mono.error(new IllegalStateException("with retries"))));
		Health health = indicator(Duration.ZERO).health().block(LIMIT);
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void healthShouldLogFailuresOnChangeOnly() {
		Logger logger = (Logger) LoggerFactory.getLogger(TursoHealthIndicator.class);
		ListAppender<ILoggingEvent> logs = new ListAppender<>();
		logs.start();
		logger.addAppender(logs);
		logger.setLevel(Level.INFO);
		try {
			failAndRecover();
		}
		finally {
			logger.detachAppender(logs);
			logger.setLevel(null);
		}
		assertThat(logs.list).extracting((event) -> event.getLevel() + " " + event.getFormattedMessage())
			.containsExactly("WARN Turso health check failed (transport): one",
					"WARN Turso health check failed (protocol): two", "INFO Turso health check succeeds again");
	}

	private void failAndRecover() {
		TursoHealthIndicator indicator = indicator(Duration.ZERO);
		answer(Mono.error(new TursoTransportException("one", null)));
		indicator.health().block(LIMIT);
		indicator.health().block(LIMIT);
		answer(Mono.error(new TursoProtocolException("two", null)));
		indicator.health().block(LIMIT);
		indicator.health().block(LIMIT);
		answer(Mono.just(page()));
		indicator.health().block(LIMIT);
		indicator.health().block(LIMIT);
	}

	private static void assertDown(TursoHealthIndicator indicator, String error) {
		Health health = indicator.health().block(LIMIT);
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("reason", "error")
			.extractingByKey("error")
			.asString()
			.contains(error);
	}

	@Test
	void healthShouldBeKeptForItsTimeAndNoLonger() {
		StepVerifier.withVirtualTime(() -> {
			answer(Mono.just(page()));
			Mono<Health> health = indicator(Duration.ofSeconds(10)).health();
			return health.then(health)
				.then(Mono.delay(Duration.ofSeconds(9)))
				.then(health)
				.doOnNext((kept) -> assertThat(this.requests).hasValue(1))
				.then(Mono.delay(Duration.ofSeconds(2)))
				.then(health);
		}).thenAwait(Duration.ofSeconds(11)).expectNextCount(1).expectComplete().verify(LIMIT);
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void healthShouldKeepFailuresToo() {
		answer(Mono.error(new TursoTransportException("m", null)));
		TursoHealthIndicator indicator = indicator(Duration.ofSeconds(10));
		indicator.health().block(LIMIT);
		indicator.health().block(LIMIT);
		assertThat(this.requests).hasValue(1);
	}

	private void answer(Mono<AuditLogPage> answer) {
		given(this.client.list(any(AuditLogQuery.class)))
			.willReturn(answer.doOnSubscribe((subscription) -> this.requests.incrementAndGet()));
	}

	private TursoHealthIndicator indicator(Duration cacheTtl) {
		return new TursoHealthIndicator(this.client, "acme", TIMEOUT, cacheTtl);
	}

	private static AuditLogPage page() {
		AuditLog newest = AuditLog.builder().createdAt(Instant.parse("2026-01-02T03:04:05Z")).build();
		return new AuditLogPage(List.of(newest), null, true, new Pagination(1, 1, 42, 42));
	}

}
