package io.github.tursospring.sample.search;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

import io.github.tursospring.sample.archive.ActionKind;
import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchiveDatabase;
import io.github.tursospring.sample.archive.ChainState;
import io.github.tursospring.sample.archive.Facet;

/**
 * Counts entries. Whole days come from the table of daily counts; the rest of the range,
 * and a search for text, from one pass over the narrow table of entries. The facets are
 * filtered here rather than by the database: there are few of them.
 */
@Repository
public class CountSearch {

	private static final int MAX_VALUES = 50;

	private static final int MAX_BARS = 5000;

	private static final long DAY = HistogramUnit.DAY.seconds();

	/** Up to this length of a range, an index on the time is faster than a scan. */
	private static final long SHORT = 14 * DAY;

	private final ArchiveDatabase database;

	private final Archive archive;

	CountSearch(ArchiveDatabase database, Archive archive) {
		this.database = database;
		this.archive = archive;
	}

	/** Count entries by time and kind. */
	public Histogram histogram(Search search, @Nullable HistogramUnit unit) {
		Range range = range(search);
		HistogramUnit by = (unit != null) ? unit : HistogramUnit.of(range.length());
		if (unit != null && range.length() / unit.seconds() > MAX_BARS) {
			throw new IllegalArgumentException("unit must be a longer one for a range as long as this");
		}
		Map<Integer, Facet> facets = this.archive.facets();
		facets.values().removeIf((facet) -> !search.accepts(facet));
		TreeMap<Instant, Map<ActionKind, Long>> bars = new TreeMap<>();
		long[] total = { 0 };
		count(search, range, by == HistogramUnit.HOUR, (second, id, entries) -> {
			Facet facet = facets.get(id);
			if (facet != null) {
				bars.computeIfAbsent(by.startOf(second), (start) -> new EnumMap<>(ActionKind.class))
					.merge(facet.kind(), entries, Long::sum);
				total[0] += entries;
			}
		});
		return new Histogram(by, Instant.ofEpochSecond(range.from()), Instant.ofEpochSecond(range.to()), total[0],
				bars.entrySet().stream().map((bar) -> new Histogram.Bar(bar.getKey(), bar.getValue())).toList());
	}

	/**
	 * Count entries by code, author and origin. What is asked for of one of them does not
	 * count for its own counts.
	 */
	public Map<String, List<Count>> facets(Search search) {
		Map<Integer, Facet> facets = this.archive.facets();
		Map<Integer, Long> counts = new HashMap<>();
		count(search, range(search), false, (second, id, entries) -> counts.merge(id, entries, Long::sum));
		return Stream.of(Field.CODE, Field.AUTHOR, Field.ORIGIN)
			.collect(Collectors.toMap(Field::value, (field) -> values(counts, facets, search, field)));
	}

	private static List<Count> values(Map<Integer, Long> counts, Map<Integer, Facet> facets, Search search,
			Field field) {
		Search other = search.with(field, Choice.ANY);
		Map<String, Long> values = new HashMap<>();
		counts.forEach((id, entries) -> {
			Facet facet = facets.get(id);
			if (facet != null && other.accepts(facet)) {
				values.merge(field.of(facet), entries, Long::sum);
			}
		});
		return values.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.limit(MAX_VALUES)
			.map((value) -> new Count(value.getKey(), value.getValue()))
			.toList();
	}

	private Range range(Search search) {
		long oldest = Long.MAX_VALUE;
		long newest = Long.MIN_VALUE;
		for (ChainState chain : this.archive.chains()) {
			if (search.organization() == null || search.organization().equals(chain.organization())) {
				oldest = Math.min(oldest, chain.oldest());
				newest = Math.max(newest, chain.newest());
			}
		}
		if (oldest > newest) {
			oldest = Clock.systemUTC().instant().getEpochSecond();
			newest = oldest;
		}
		long from = (search.from() != null) ? search.fromSecond() : oldest;
		long to = (search.to() != null) ? search.toSecond() : newest + 1;
		return (from < to) ? new Range(from, to) : new Range(Math.min(from, to), Math.min(from, to));
	}

	private void count(Search search, Range range, boolean byHour, Counter counter) {
		if (search.text() != null) {
			countText(search.text(), range, counter);
			return;
		}
		long firstDay = Math.floorDiv(range.from() + DAY - 1, DAY);
		long lastDay = Math.floorDiv(range.to(), DAY);
		if (byHour || firstDay >= lastDay) {
			countEntries(range, counter);
			return;
		}
		countEntries(new Range(range.from(), firstDay * DAY), counter);
		count("select day * " + DAY + ", facet_id, entries from daily where day >= ? and day < ?", counter, firstDay,
				lastDay);
		countEntries(new Range(lastDay * DAY, range.to()), counter);
	}

	private void countEntries(Range range, Counter counter) {
		if (range.length() > 0) {
			count("select second, facet_id, 1 from entry where second >= ? and second < ?", counter, range.from(),
					range.to());
		}
	}

	private void countText(String text, Range range, Counter counter) {
		String scan = (range.length() > SHORT) ? this.database.scan() : "";
		count("select second, facet_id, 1 from entry" + scan + " where second >= ? and second < ? and "
				+ this.database.contains("text"), counter, range.from(), range.to(), text);
	}

	private void count(String sql, Counter counter, Object... parameters) {
		RowCallbackHandler row = (counts) -> counter.count(counts.getLong(1), counts.getInt(2), counts.getLong(3));
		this.database.sql(sql).params(parameters).query(row);
	}

	/**
	 * Number of entries with a value, which is empty for those without one.
	 */
	public record Count(String value, long count) {
	}

	@FunctionalInterface
	private interface Counter {

		void count(long second, int facet, long entries);

	}

	private record Range(long from, long to) {

		long length() {
			return this.to - this.from;
		}

	}

}
