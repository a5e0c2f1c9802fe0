package io.github.tursospring.auditlog;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.tursospring.auditlog.TursoException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link TursoException} and its subclasses.
 */
class TursoExceptionTests {

	private static final TursoApiError ERROR = new TursoApiError(400, "no", "bad", "GET", "/v1");

	static Stream<Arguments> exceptions() {
		return Stream.of(arguments(new TursoApiException("m", ERROR), Reason.REJECTED, false),
				arguments(new TursoAuthenticationException("m", ERROR), Reason.AUTHENTICATION, false),
				arguments(new TursoForbiddenException("m", ERROR), Reason.FORBIDDEN, false),
				arguments(new TursoNotFoundException("m", ERROR), Reason.NOT_FOUND, false),
				arguments(new TursoSubscriptionException("m", ERROR), Reason.SUBSCRIPTION, false),
				arguments(new TursoServerException("m", ERROR), Reason.SERVER_ERROR, true),
				arguments(new TursoRateLimitedException("m", ERROR, Duration.ofSeconds(3)), Reason.RATE_LIMITED, true),
				arguments(new TursoProtocolException("m", new IOException()), Reason.PROTOCOL, false),
				arguments(new TursoProtocolException("m", null, true), Reason.PROTOCOL, true),
				arguments(new TursoTransportException("m", new IOException()), Reason.TRANSPORT, true),
				arguments(new TursoTransportException("m", null, Reason.TIMEOUT, false), Reason.TIMEOUT, false),
				arguments(new AuditLogNotFoundException("m"), Reason.ENTRY_NOT_FOUND, false));
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void reasonAndRetryableShouldClassifyTheFailure(TursoException exception, Reason reason, boolean retryable) {
		assertThat(exception.reason()).isEqualTo(reason);
		assertThat(exception.isRetryable()).isEqualTo(retryable);
		assertThat(exception.resumeToken()).isNull();
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void withResumeTokenShouldCopyEverythingElse(TursoException original) {
		original.addSuppressed(new IllegalStateException("checkpoint"));
		TursoException copy = original.withResumeToken("token");
		assertThat(copy).isNotSameAs(original).isExactlyInstanceOf(original.getClass()).hasMessage("m");
		assertThat(copy.resumeToken()).isEqualTo("token");
		assertThat(copy).usingRecursiveComparison().ignoringFields("resumeToken").isEqualTo(original);
		assertThat(copy.getCause()).isSameAs(original.getCause());
		assertThat(copy.getStackTrace()).isEqualTo(original.getStackTrace());
		assertThat(copy.getSuppressed()).containsExactly(original.getSuppressed());
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void withResumeTokenShouldLeaveTheOriginalAsItWas(TursoException original) {
		original.withResumeToken("one").withResumeToken("two");
		assertThat(original.resumeToken()).isNull();
		assertThat(original.getSuppressed()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void withResumeTokenShouldNotChangeTheMessage(TursoException original) {
		assertThat(original.withResumeToken("token").getMessage()).isEqualTo("m").doesNotContain("resumeToken");
	}

	@Test
	void withResumeTokenWhenThereIsOneShouldReplaceIt() {
		TursoException exception = new TursoTransportException("m", null).withResumeToken("one");
		assertThat(exception.withResumeToken("two").resumeToken()).isEqualTo("two");
	}

	@Test
	void withResumeTokenShouldKeepWhatTheServerAnswered() {
		TursoRateLimitedException copy = new TursoRateLimitedException("m", ERROR, Duration.ofSeconds(3))
			.withResumeToken("token");
		assertThat(copy.retryAfter()).isEqualTo(Duration.ofSeconds(3));
		assertThat(copy.status()).isEqualTo(400);
		assertThat(copy.code()).isEqualTo("bad");
	}

	@Test
	void entryNotFoundShouldNotBeAnAnswerOfTheServer() {
		assertThat(new AuditLogNotFoundException("m")).isNotInstanceOf(TursoApiException.class);
	}

	@Test
	void invalidPageTokenShouldBeAnIllegalArgument() {
		assertThat(new InvalidPageTokenException("m")).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void reasonValueShouldBeLowerCaseWithHyphens() {
		assertThat(Reason.RATE_LIMITED.value()).isEqualTo("rate-limited");
		assertThat(Reason.TRANSPORT.value()).isEqualTo("transport");
	}

}
