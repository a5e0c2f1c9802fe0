package io.github.tursospring.auditlog.internal.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.internal.http.SourcePage;

/**
 * An audit log in memory that answers pages as Turso's API does, and moves.
 */
final class ModelLog {

	/** The rows, oldest first. */
	private final List<AuditLog> rows = new ArrayList<>();

	/** How many rows have been removed from the tail. */
	private final List<AuditLog> removed = new ArrayList<>();

	private final int maxPageSize;

	private final boolean shuffling;

	private final Random random;

	private long serial;

	private long clockError;

	private long headSecond = 1_700_000_000L;

	ModelLog(Random random, int maxPageSize, boolean shuffling) {
		this.random = random;
		this.maxPageSize = maxPageSize;
		this.shuffling = shuffling;
	}

	static ModelLog still(int rows) {
		ModelLog log = new ModelLog(new Random(0), 1000, false);
		for (int i = 0; i < rows; i++) {
			log.insert(1_700_000_000L + i);
		}
		return log;
	}

	/** The newest second that any row has had, but for those dated ahead. */
	long headSecond() {
		return this.headSecond;
	}

	/** Let the clock of the responses be wrong by so many seconds. */
	void clockError(long seconds) {
		this.clockError = seconds;
	}

	int size() {
		return this.rows.size();
	}

	List<AuditLog> rows() {
		return List.copyOf(this.rows);
	}

	List<AuditLog> removed() {
		return List.copyOf(this.removed);
	}

	/** Insert a row that differs from every other. */
	void insert(long second) {
		insert(second, "entry " + this.serial++);
	}

	/** Insert a row; those of the same second and message are identical. */
	void insert(long second, String message) {
		this.headSecond = Math.max(this.headSecond, second);
		place(second, message);
	}

	/** Insert a row that is dated later than the responses that show it. */
	void insertAhead(long second) {
		place(second, "ahead " + this.serial++);
	}

	private void place(long second, String message) {
		int place = this.rows.size();
		while (place > 0 && second(this.rows.get(place - 1)) > second) {
			place--;
		}
		this.rows.add(place,
				AuditLog.builder()
					.code("db-create")
					.message(message)
					.author("author-" + (message.length() % 3))
					.createdAt(Instant.ofEpochSecond(second))
					.build());
	}

	void removeOldest(int count) {
		for (int i = 0; i < count && !this.rows.isEmpty(); i++) {
			this.removed.add(this.rows.remove(0));
		}
	}

	void remove(int index) {
		this.removed.add(this.rows.remove(index));
	}

	SourcePage answer(int page, int askedSize) {
		int size = Math.min(askedSize, this.maxPageSize);
		List<AuditLog> ordered = new ArrayList<>(this.rows);
		if (this.shuffling) {
			shuffleWithinSeconds(ordered);
		}
		Collections.reverse(ordered);
		long start = Math.min((page - 1L) * size, ordered.size());
		long end = Math.min(start + size, ordered.size());
		return new SourcePage(List.copyOf(ordered.subList((int) start, (int) end)), page, size,
				(ordered.size() + size - 1) / size, (long) ordered.size(),
				Instant.ofEpochSecond(this.headSecond + this.clockError));
	}

	private void shuffleWithinSeconds(List<AuditLog> ordered) {
		int from = 0;
		for (int to = 1; to <= ordered.size(); to++) {
			if (to == ordered.size() || second(ordered.get(to)) != second(ordered.get(from))) {
				if (to - from > 1) {
					Collections.shuffle(ordered.subList(from, to), this.random);
				}
				from = to;
			}
		}
	}

	static long second(AuditLog row) {
		Instant createdAt = row.createdAt();
		return (createdAt != null) ? createdAt.getEpochSecond() : 0;
	}

}
