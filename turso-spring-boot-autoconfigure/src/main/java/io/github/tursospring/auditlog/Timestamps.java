package io.github.tursospring.auditlog;

import java.math.BigDecimal;
import java.math.RoundingMode;
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

	private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

	private static final int MAX_SCALE = 30;

	/** The last millisecond of the year 9999. */
	private static final BigDecimal LAST = BigDecimal.valueOf(253_402_300_799_999L);

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
			if (trimmed.length() == 20 && trimmed.charAt(10) == 'T' && trimmed.endsWith("Z")) {
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
		BigDecimal value = new BigDecimal(number.toString());
		if (value.abs().compareTo(LAST) > 0 || value.scale() > MAX_SCALE) {
			return null;
		}
		BigDecimal seconds = (value.abs().compareTo(FIRST_MILLIS) >= 0) ? value.movePointLeft(3) : value;
		long whole = seconds.setScale(0, RoundingMode.FLOOR).longValue();
		long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
		return Instant.ofEpochSecond(whole, nanos);
	}

}
