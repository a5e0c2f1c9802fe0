package io.github.tursospring.auditlog.internal.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Rows of a page that had not been emitted before, with their times.
 */
final class Emission {

	static final Emission EMPTY = new Emission(0);

	private final List<AuditLog> entries;

	private final long[] times;

	Emission(int capacity) {
		this.entries = new ArrayList<>(capacity);
		this.times = new long[capacity];
	}

	void add(AuditLog entry, long time) {
		this.times[this.entries.size()] = time;
		this.entries.add(entry);
	}

	int size() {
		return this.entries.size();
	}

	boolean isEmpty() {
		return this.entries.isEmpty();
	}

	long time(int index) {
		return this.times[index];
	}

	/** How many of the first rows come before those that are dated ahead. */
	int ordinaryRows(ValidatedPage page, int rows) {
		int ordinary = rows;
		while (ordinary > 0 && page.isAhead(this.times[ordinary - 1])) {
			ordinary--;
		}
		return ordinary;
	}

	EntryKey key(int index) {
		return EntryKey.of(this.entries.get(index), this.times[index]);
	}

	List<AuditLog> entries() {
		return this.entries;
	}

}
