package io.github.tursospring.sample.reading;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogCode;

/**
 * Adds entries up to a {@link Summary}, in memory that does not grow with their number.
 * Not safe for use by several threads.
 */
public final class Summarizer {

	private static final int NAMES = 1000;

	private static final int DAYS = 20 * 366;

	private final Tally<DayAndKind> days = new Tally<>(DAYS);

	private final Tally<AuditLogCode> codes = new Tally<>(NAMES);

	private final Tally<String> authors = new Tally<>(NAMES);

	private final Tally<String> origins = new Tally<>(NAMES);

	private long total;

	private @Nullable Instant oldest;

	private @Nullable Instant newest;

	/**
	 * Count an entry.
	 * @param entry the entry
	 */
	public void add(AuditLog entry) {
		this.total++;
		AuditLogCode code = entry.code();
		if (code != null) {
			this.codes.add(code);
		}
		if (entry.author() != null) {
			this.authors.add(entry.author());
		}
		if (entry.origin() != null) {
			this.origins.add(entry.origin());
		}
		if (entry.createdAt() != null) {
			addTime(entry.createdAt(), ActionKind.of(code));
		}
	}

	private void addTime(Instant time, ActionKind kind) {
		this.days.add(new DayAndKind(LocalDate.ofInstant(time, ZoneOffset.UTC), kind));
		this.oldest = (this.oldest == null || time.isBefore(this.oldest)) ? time : this.oldest;
		this.newest = (this.newest == null || time.isAfter(this.newest)) ? time : this.newest;
	}

	/**
	 * Return what has been counted.
	 * @return the summary
	 */
	public Summary summary() {
		return new Summary(this.total, this.oldest, this.newest, days(), this.codes.descending()
			.stream()
			.map((code) -> new Summary.CodeCount(code.getKey().value(), ActionKind.of(code.getKey()), code.getValue()))
			.toList(), counts(this.authors), counts(this.origins),
				this.days.others() + this.codes.others() + this.authors.others() + this.origins.others());
	}

	private List<Summary.Day> days() {
		Map<LocalDate, Map<ActionKind, Long>> days = new TreeMap<>();
		this.days.descending()
			.forEach((count) -> days.computeIfAbsent(count.getKey().day(), (day) -> new EnumMap<>(ActionKind.class))
				.put(count.getKey().kind(), count.getValue()));
		return days.entrySet().stream().map((day) -> new Summary.Day(day.getKey(), day.getValue())).toList();
	}

	private static List<Summary.Count> counts(Tally<String> tally) {
		return tally.descending().stream().map((count) -> new Summary.Count(count.getKey(), count.getValue())).toList();
	}

	private record DayAndKind(LocalDate day, ActionKind kind) {
	}

}
