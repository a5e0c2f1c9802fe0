package io.github.tursospring.auditlog.internal.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a receiver has not accepted a page. Has no stack trace.
 */
final class DeliveryException extends RuntimeException {

	DeliveryException(String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
	}

}
