package io.github.tursospring.auditlog.internal.delivery;

import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.internal.http.Secret;

/**
 * Credentials in the headers of requests, which a receiver may echo.
 */
final class HeaderSecrets {

	private final List<Secret> secrets;

	HeaderSecrets(Collection<String> headerValues) {
		this.secrets = headerValues.stream()
			.map(String::strip)
			.flatMap((value) -> Stream.of(value, value.substring(value.lastIndexOf(' ') + 1)))
			.distinct()
			.map(Secret::new)
			.toList();
	}

	/** Return a text of the receiver on one line, without credentials. */
	String redact(String text) {
		return redact(text, Secret::redact);
	}

	/**
	 * Return the beginning of such a text, which can end within a credential.
	 */
	String redactTruncated(String text) {
		return redact(text, Secret::redactTruncated);
	}

	private String redact(String text, BiFunction<Secret, String, String> redaction) {
		String redacted = text;
		for (Secret secret : this.secrets) {
			redacted = redaction.apply(secret, redacted);
		}
		return Secret.printable(redacted);
	}

	/** Return a cause, or {@code null} if it shows a credential. */
	@Nullable Throwable showable(@Nullable Throwable cause) {
		Throwable showable = cause;
		for (Secret secret : this.secrets) {
			showable = (showable != null) ? secret.showable(showable) : null;
		}
		return showable;
	}

}
