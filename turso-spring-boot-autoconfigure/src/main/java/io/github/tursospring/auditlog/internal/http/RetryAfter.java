package io.github.tursospring.auditlog.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * Parses the {@code Retry-After} header: seconds, or a date (RFC 9110, 10.2.3). A date is
 * relative to the response's own {@code Date}, so that the clock of this machine does not
 * matter.
 */
public final class RetryAfter {

	/** Longer waits are cut to this one, so that none overflows as nanoseconds. */
	private static final Duration MAX = Duration.ofDays(36_500);

	private RetryAfter() {
	}

	/**
	 * Return the wait that a response asks for.
	 * @param retryAfter the header, {@code null} if there is none
	 * @param date the response's own date, {@code null} if it has none
	 * @param now the time of this machine
	 * @return the wait, {@code null} if none is asked for
	 */
	public static @Nullable Duration parse(@Nullable String retryAfter, @Nullable String date, Instant now) {
		if (retryAfter == null || retryAfter.isBlank()) {
			return null;
		}
		String value = retryAfter.trim();
		if (value.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			return (value.length() <= 18) ? limited(Duration.ofSeconds(Long.parseLong(value))) : MAX;
		}
		Instant until = parseDate(value);
		if (until == null) {
			return null;
		}
		Instant serverNow = (date != null) ? parseDate(date.trim()) : null;
		Duration wait = Duration.between((serverNow != null) ? serverNow : now, until);
		return wait.isNegative() ? Duration.ZERO : limited(wait);
	}

	private static Duration limited(Duration wait) {
		return (wait.compareTo(MAX) > 0) ? MAX : wait;
	}

	private static @Nullable Instant parseDate(String value) {
		try {
			return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
