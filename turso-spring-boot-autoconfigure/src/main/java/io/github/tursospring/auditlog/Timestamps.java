package io.github.tursospring.auditlog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads times in the forms that APIs like this one write them in: RFC 3339 with any
 * offset and any fraction, with a blank for the T, without an offset (taken as UTC), and
 * numbers of seconds or milliseconds since 1970.
 */
final class Timestamps {

	private static final long FIRST_MILLIS = 100_000_000_000L;

	private static final DateTimeFormatter TOLERANT = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.append(DateTimeFormatter.ISO_LOCAL_DATE)
		.appendPattern("['T'][ ]")
		.append(DateTimeFormatter.ISO_LOCAL_TIME)
		.appendPattern("[ ][XXXXX][XXXX][X]")
		.toFormatter(Locale.ROOT);

	private Timestamps() {
	}

	static @Nullable Instant parse(String text) {
		String trimmed = text.trim();
		try {
			if (trimmed.length() == 20 && trimmed.endsWith("Z")) {
				return Instant.parse(trimmed);
			}
			TemporalAccessor parsed = TOLERANT.parseBest(trimmed, OffsetDateTime::from, LocalDateTime::from);
			return (parsed instanceof OffsetDateTime offset) ? offset.toInstant()
					: LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	static @Nullable Instant ofEpoch(Number number) {
		long value = number.longValue();
		boolean millis = Math.abs(value) >= FIRST_MILLIS;
		try {
			return millis ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
