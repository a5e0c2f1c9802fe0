package io.github.tursospring.auditlog.internal.follow;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import io.github.tursospring.auditlog.TursoTransportException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureDescription}.
 */
class FailureDescriptionTests {

	@Test
	void failureWithoutCauseShouldBeItsMessage() {
		assertThat(FailureDescription.of(new IllegalStateException("no"))).isEqualTo("no");
	}

	@Test
	void failureWithoutMessageShouldBeNamed() {
		assertThat(FailureDescription.of(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
	}

	@Test
	void rootCauseThatSaysMoreShouldBeAdded() {
		IOException root = new IOException("disk full");
		assertThat(FailureDescription.of(new IllegalStateException("no", new IllegalStateException("nested", root))))
			.isEqualTo("no (root cause: disk full)");
	}

	@Test
	void rootCauseThatSaysNoMoreShouldNotBeAdded() {
		assertThat(FailureDescription.of(new IllegalStateException(new IOException("disk full"))))
			.isEqualTo("java.io.IOException: disk full");
	}

	@Test
	void failureThatCannotBeDescribedShouldBeNamed() {
		assertThat(FailureDescription.of(new IllegalStateException("no", new FaultyException())))
			.isEqualTo("no (root cause: " + FaultyException.class.getName() + ")");
	}

	@Test
	void exceptionOfTheClientShouldSpeakForItself() {
		assertThat(FailureDescription.of(new TursoTransportException("no answer", new IOException("reset"))))
			.isEqualTo("no answer");
	}

	/**
	 * An exception whose message fails.
	 */
	private static final class FaultyException extends RuntimeException {

		@Override
		public String getMessage() {
			throw new IllegalStateException("made up");
		}

	}

}
