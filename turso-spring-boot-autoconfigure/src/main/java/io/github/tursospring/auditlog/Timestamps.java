package io.github.tursospring.auditlog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
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

	private static final int PLAIN_LENGTH = 20;

	private static final long SECONDS_PER_DAY = 86_400;

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
			if (trimmed.length() == PLAIN_LENGTH && trimmed.charAt(10) == 'T' && trimmed.endsWith("Z")) {
				Instant plain = parsePlain(trimmed.toCharArray(), 0, PLAIN_LENGTH);
				return (plain != null) ? plain : Instant.parse(trimmed);
			}
			TemporalAccessor parsed = TOLERANT.parseBest(trimmed, OffsetDateTime::from, LocalDateTime::from);
			return (parsed instanceof OffsetDateTime offset) ? offset.toInstant()
					: LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Read the one form that Turso writes, {@code 2023-12-20T09:46:08Z}, as there is a
	 * time in every entry and a formatter takes most of an entry's decoding.
	 * @param chars where the characters are
	 * @param start index of the first one
	 * @param length how many there are
	 * @return the time, or {@code null} if it takes a formatter to read it
	 */
	static @Nullable Instant parsePlain(char[] chars, int start, int length) {
		boolean plain = length == PLAIN_LENGTH && chars[start + 4] == '-' && chars[start + 7] == '-'
				&& chars[start + 10] == 'T' && chars[start + 13] == ':' && chars[start + 16] == ':'
				&& chars[start + 19] == 'Z';
		if (!plain) {
			return null;
		}
		int year = digits(chars, start, 4);
		int month = digits(chars, start + 5, 2);
		int day = digits(chars, start + 8, 2);
		int hour = digits(chars, start + 11, 2);
		int minute = digits(chars, start + 14, 2);
		int second = digits(chars, start + 17, 2);
		boolean digitsOnly = (year | month | day | hour | minute | second) >= 0;
		if (!digitsOnly || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59
				|| (day > 28 && day > YearMonth.of(year, month).lengthOfMonth())) {
			return null;
		}
		long days = LocalDate.of(year, month, day).toEpochDay();
		return Instant.ofEpochSecond(days * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second);
	}

	private static int digits(char[] chars, int from, int count) {
		int number = 0;
		for (int i = from; i < from + count; i++) {
			int digit = chars[i] - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			number = number * 10 + digit;
		}
		return number;
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
