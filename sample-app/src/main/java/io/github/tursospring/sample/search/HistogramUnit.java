package io.github.tursospring.sample.search;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A unit of time that entries are counted by, in UTC.
 */
public enum HistogramUnit {

	/** An hour. */
	HOUR(60 * 60, 5 * 24 * 60 * 60L),

	/** A day. */
	DAY(24 * 60 * 60, 150 * 24 * 60 * 60L),

	/** A week, from Monday. */
	WEEK(7 * 24 * 60 * 60, 3 * 365 * 24 * 60 * 60L),

	/** A month. */
	MONTH(30 * 24 * 60 * 60, Long.MAX_VALUE);

	private final long seconds;

	private final long longestRange;

	HistogramUnit(long seconds, long longestRange) {
		this.seconds = seconds;
		this.longestRange = longestRange;
	}

	/** Return the unit of a name. */
	public static HistogramUnit of(String value) {
		return valueOf(value.toUpperCase(Locale.ROOT));
	}

	static HistogramUnit of(long rangeInSeconds) {
		for (HistogramUnit unit : values()) {
			if (rangeInSeconds <= unit.longestRange) {
				return unit;
			}
		}
		return MONTH;
	}

	long seconds() {
		return this.seconds;
	}

	Instant startOf(long second) {
		Instant time = Instant.ofEpochSecond(second);
		if (this == HOUR || this == DAY) {
			return time.truncatedTo((this == HOUR) ? ChronoUnit.HOURS : ChronoUnit.DAYS);
		}
		LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
		LocalDate first = (this == WEEK) ? day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
				: day.withDayOfMonth(1);
		return first.atStartOfDay(ZoneOffset.UTC).toInstant();
	}

	/** Return the name that parameters and JSON use. */
	@JsonValue
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
