package io.github.tursospring.auditlog.internal.engine;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * How far reading has come, by content alone: every row before the watermark has been
 * emitted, and of those at or after it the rows counted here. Identical rows count as
 * often as they were emitted.
 *
 * @param watermark the time of the watermark
 * @param emitted how often which rows at or after the watermark have been emitted, in the
 * order of emission; only the last one of them where there are more than
 * {@link #MAX_ROWS}
 * @param count number of rows emitted at or after the watermark
 * @param ahead how often which rows that were dated ahead have been emitted: they are
 * kept apart from the others, since they do not move the watermark
 */
public record Cursor(long watermark, Map<EntryKey, Integer> emitted, long count, Map<EntryKey, Integer> ahead) {

	/** How many rows a cursor counts one by one: as many as a page can show. */
	public static final int MAX_ROWS = PageRequest.MAX_PAGE_SIZE;

	/** How many rows that are dated ahead a cursor counts. */
	public static final int MAX_AHEAD = 100;

	/** Before everything. */
	public static final Cursor ORIGIN = before(Long.MIN_VALUE);

	/** Create a new cursor without rows that are dated ahead. */
	public Cursor(long watermark, Map<EntryKey, Integer> emitted, long count) {
		this(watermark, emitted, count, Map.of());
	}

	/** Return the cursor before the first row of a time. */
	public static Cursor before(long time) {
		return new Cursor(time, Map.of(), 0);
	}

	boolean isOrigin() {
		return this.watermark == Long.MIN_VALUE;
	}

	/** Return whether any row has been emitted. */
	public boolean hasEmitted() {
		return this.count > 0 || !this.ahead.isEmpty();
	}

	/** How many rows that are dated ahead have been emitted. */
	int aheadCount() {
		return this.ahead.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * Whether more rows are dated ahead than a cursor counts. All rows newer than one
	 * that is dated ahead are so, too.
	 */
	boolean countsTooManyAhead(ValidatedPage page, Emission emission, int emittedRows) {
		int further = emittedRows - emission.ordinaryRows(page, emittedRows);
		return further > 0 && further + Math.max(aheadCount(), page.start()) > MAX_AHEAD;
	}

	/** How often which rows have been emitted, those dated ahead too; may be changed. */
	Map<EntryKey, Integer> counted() {
		Map<EntryKey, Integer> counted = new HashMap<>(this.emitted);
		this.ahead.forEach((key, times) -> counted.merge(key, times, Integer::sum));
		return counted;
	}

	/** Whether rows at or after the watermark are counted, but not one by one. */
	boolean isPartial() {
		return this.emitted.size() == 1 && this.count > MAX_ROWS;
	}

	/** The latest time of an emitted row, or the watermark. */
	long latest() {
		long latest = this.watermark;
		for (EntryKey key : this.emitted.keySet()) {
			latest = Math.max(latest, key.time());
		}
		return latest;
	}

	/** The row that was emitted last, {@code null} if no row is counted. */
	@Nullable EntryKey last() {
		EntryKey last = null;
		for (EntryKey key : this.emitted.keySet()) {
			last = key;
		}
		return last;
	}

	/**
	 * Return the cursor after further rows of a page have been emitted. The row that is
	 * last stays so where the page shows that it comes after all of them: rows that
	 * appear in a second while it is read can come before those that were read.
	 */
	Cursor after(ValidatedPage page, Emission emission, int emittedRows, Lookback lookback) {
		Cursor after = advanced(page, emission, emittedRows, lookback);
		EntryKey last = last();
		EntryKey newLast = after.last();
		Integer times = (last != null) ? after.emitted.get(last) : null;
		if (emittedRows == 0 || last == null || newLast == null || times == null || last.equals(newLast)) {
			return after;
		}
		int index = page.lastIndexOf(last);
		boolean stays = (index >= 0) ? index > page.lastIndexOf(newLast) : comesAfter(page, last);
		if (!stays) {
			return after;
		}
		LinkedHashMap<EntryKey, Integer> counts = new LinkedHashMap<>(after.emitted);
		counts.remove(last);
		counts.put(last, times);
		return new Cursor(after.watermark, Collections.unmodifiableMap(counts), after.count, after.ahead);
	}

	/** Whether a row that a page does not show comes after all of the page's rows. */
	private boolean comesAfter(ValidatedPage page, EntryKey row) {
		int end = page.size() - 1;
		boolean startsBefore = page.indexOf(row.time()) > 0 || (page.startsReading() && page.startsLog());
		return this.emitted.containsKey(page.key(end)) || (startsBefore && page.time(end) == row.time());
	}

	/**
	 * The time up to which the page has been read: late rows after it are yet to be seen,
	 * even before the latest row that was emitted.
	 */
	private static long covered(ValidatedPage page, Emission emission, int emittedRows) {
		if (emittedRows > 0 && emittedRows < emission.size()) {
			return emission.time(emittedRows - 1);
		}
		return (page.isEmpty() || page.endsReading()) ? Long.MAX_VALUE : page.time(page.size() - 1);
	}

	/** Where too many rows are dated ahead, the clock of the response is wrong. */
	private Cursor advanced(ValidatedPage page, Emission emission, int emittedRows, Lookback lookback) {
		if (emittedRows == 0) {
			return this;
		}
		if (countsTooManyAhead(page, emission, emittedRows)) {
			return withoutAhead().advanced(page, emission, emittedRows, emittedRows, Long.MAX_VALUE, lookback);
		}
		int ordinary = emission.ordinaryRows(page, emittedRows);
		return advanced(page, emission, emittedRows, ordinary, page.now(), lookback);
	}

	/** Count the rows that are dated ahead with the others. */
	private Cursor withoutAhead() {
		if (this.ahead.isEmpty() || isPartial()) {
			return this;
		}
		Map<EntryKey, Integer> all = new LinkedHashMap<>(this.emitted);
		this.ahead.forEach((key, times) -> all.merge(key, times, Integer::sum));
		return new Cursor(this.watermark, all, this.count + aheadCount());
	}

	private Cursor advanced(ValidatedPage page, Emission emission, int emittedRows, int ordinary, long now,
			Lookback lookback) {
		Map<EntryKey, Integer> newAhead = new LinkedHashMap<>(this.ahead);
		for (int i = ordinary; i < emittedRows; i++) {
			newAhead.merge(emission.key(i), 1, Integer::sum);
		}
		long latest = (ordinary > 0) ? Math.max(latest(), emission.time(ordinary - 1)) : latest();
		for (EntryKey key : newAhead.keySet()) {
			latest = page.isAhead(key.time()) ? latest : Math.max(latest, key.time());
		}
		latest = Math.min(latest, now);
		long covered = covered(page, emission, emittedRows);
		long newWatermark = Math.max(this.watermark, Math.min(covered, lookback.watermark(latest)));
		LinkedHashMap<EntryKey, Integer> counts = new LinkedHashMap<>();
		long newCount = (newWatermark == this.watermark && isPartial()) ? this.count : 0;
		if (newCount == 0) {
			for (Map.Entry<EntryKey, Integer> row : this.emitted.entrySet()) {
				if (row.getKey().time() >= newWatermark) {
					counts.put(row.getKey(), row.getValue());
					newCount += row.getValue();
				}
			}
		}
		for (int i = 0; i < ordinary; i++) {
			if (emission.time(i) >= newWatermark) {
				EntryKey key = emission.key(i);
				Integer times = counts.remove(key);
				counts.put(key, (times != null) ? times + 1 : 1);
				newCount++;
			}
		}
		return bounded(newWatermark, counts, newCount).withAhead(newAhead);
	}

	private Cursor withAhead(Map<EntryKey, Integer> newAhead) {
		newAhead.keySet().removeIf((key) -> key.time() < this.watermark);
		return new Cursor(this.watermark, this.emitted, this.count, Collections.unmodifiableMap(newAhead));
	}

	/** Keep no more rows than a page can show: the lookback gives way first. */
	private static Cursor bounded(long watermark, LinkedHashMap<EntryKey, Integer> counts, long count) {
		Cursor cursor = new Cursor(watermark, Collections.unmodifiableMap(counts), count);
		while (cursor.count > MAX_ROWS) {
			Cursor shorter = cursor.withoutFirstSecond();
			if (shorter == null) {
				EntryKey last = cursor.last();
				return new Cursor(cursor.watermark, (last != null) ? Map.of(last, 1) : Map.of(), cursor.count);
			}
			cursor = shorter;
		}
		return cursor;
	}

	/**
	 * Return the cursor with its watermark at the next second that rows are counted of.
	 * @return the cursor, {@code null} if there is no such second
	 */
	@Nullable Cursor withoutFirstSecond() {
		OptionalLong next = this.emitted.keySet()
			.stream()
			.mapToLong(EntryKey::time)
			.filter((time) -> time > this.watermark)
			.min();
		if (next.isEmpty()) {
			return null;
		}
		LinkedHashMap<EntryKey, Integer> counts = new LinkedHashMap<>(this.emitted);
		counts.keySet().removeIf((key) -> key.time() < next.getAsLong());
		return new Cursor(next.getAsLong(), Collections.unmodifiableMap(counts),
				counts.values().stream().mapToLong(Integer::longValue).sum())
			.withAhead(new LinkedHashMap<>(this.ahead));
	}

}
