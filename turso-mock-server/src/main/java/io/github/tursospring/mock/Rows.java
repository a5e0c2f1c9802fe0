package io.github.tursospring.mock;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a log, each encoded once. The cost of a page does not depend on the length
 * of the log. Not safe for use by several threads.
 */
final class Rows {

	private final List<Row> oldestFirst = new ArrayList<>();

	private @Nullable Random random;

	void add(MockEntry entry) {
		Row row = new Row(entry.createdAt(), MockEntry.JSON.writeValueAsBytes(entry.fields()));
		int index = this.oldestFirst.size();
		while (index > 0 && this.oldestFirst.get(index - 1).isAfter(row.createdAt())) {
			index--;
		}
		this.oldestFirst.add(index, row);
	}

	void removeOldest(int count) {
		this.oldestFirst.subList(0, Math.min(count, size())).clear();
	}

	void removeBefore(Instant time) {
		this.oldestFirst.removeIf((row) -> row.createdAt() != null && row.createdAt().isBefore(time));
	}

	void clear() {
		this.oldestFirst.clear();
		this.random = null;
	}

	int size() {
		return this.oldestFirst.size();
	}

	void shuffleTies(long seed) {
		this.random = new Random(seed);
	}

	List<MockEntry> newestFirst() {
		List<MockEntry> entries = new ArrayList<>(this.oldestFirst.stream().map(Row::entry).toList());
		Collections.reverse(entries);
		return entries;
	}

	byte[] page(long page, int pageSize) {
		int total = size();
		int to = (int) Math.max(0, total - (page - 1) * pageSize);
		int from = Math.max(0, to - pageSize);
		List<Row> rows = (this.random != null) ? shuffled(from, to, this.random) : this.oldestFirst.subList(from, to);
		ByteArrayOutputStream body = new ByteArrayOutputStream(256 + 256 * rows.size());
		write(body, "{\"audit_logs\":[");
		for (int i = rows.size() - 1; i >= 0; i--) {
			body.writeBytes(rows.get(i).json());
			write(body, (i > 0) ? "," : "");
		}
		write(body, "],\"pagination\":{\"page\":" + page + ",\"page_size\":" + pageSize + ",\"total_pages\":"
				+ (total + pageSize - 1) / pageSize + ",\"total_rows\":" + total + "}}");
		return body.toByteArray();
	}

	/** A range of rows, after those of each second have been shuffled. */
	private List<Row> shuffled(int from, int to, Random random) {
		int start = from;
		while (start > 0 && start < size() && tied(start - 1, start)) {
			start--;
		}
		int end = to;
		while (end > 0 && end < size() && tied(end - 1, end)) {
			end++;
		}
		List<Row> rows = new ArrayList<>(this.oldestFirst.subList(start, end));
		int first = 0;
		for (int i = 1; i <= rows.size(); i++) {
			if (i == rows.size() || !tied(start + i - 1, start + i)) {
				Collections.shuffle(rows.subList(first, i), random);
				first = i;
			}
		}
		return rows.subList(from - start, to - start);
	}

	private boolean tied(int index, int other) {
		return Objects.equals(this.oldestFirst.get(index).createdAt(), this.oldestFirst.get(other).createdAt());
	}

	private static void write(ByteArrayOutputStream body, String text) {
		body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Row(@Nullable Instant createdAt, byte[] json) {

		MockEntry entry() {
			return MockEntry.ofJson(new String(this.json, StandardCharsets.UTF_8));
		}

		boolean isAfter(@Nullable Instant time) {
			return this.createdAt != null && time != null && this.createdAt.isAfter(time);
		}

	}

}
