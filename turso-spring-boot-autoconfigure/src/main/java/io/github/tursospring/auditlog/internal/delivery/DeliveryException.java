package io.github.tursospring.auditlog.internal.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a page was not taken. It has no stack trace: the message says it all.
 */
final class DeliveryException extends RuntimeException {

	DeliveryException(String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
	}

}
