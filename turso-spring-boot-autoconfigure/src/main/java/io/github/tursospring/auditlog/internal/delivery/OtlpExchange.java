package io.github.tursospring.auditlog.internal.delivery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Response to one request, which the SDK's result does not contain.
 */
final class OtlpExchange {

	private volatile @Nullable Answer answer;

	void answered(Answer answer) {
		this.answer = answer;
	}

	@Nullable Answer answer() {
		return this.answer;
	}

	/**
	 * A response.
	 *
	 * @param status the status
	 * @param message the message of the receiver
	 * @param rejected the number of log records that the receiver rejected permanently
	 * @param retryAfter the wait that it asks for, {@code null} if it asks for none
	 */
	record Answer(int status, String message, long rejected, @Nullable Duration retryAfter) {
	}

}
