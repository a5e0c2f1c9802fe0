package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Rows that a slice brought and that had not been emitted before, with their times.
 */
final class Batch {

	static final Batch EMPTY = new Batch(0);

	private final List<AuditLog> entries;

	private long[] times;

	Batch(int capacity) {
		this.entries = new ArrayList<>(capacity);
		this.times = new long[capacity];
	}

	void add(AuditLog entry, long time) {
		int size = this.entries.size();
		if (size == this.times.length) {
			this.times = Arrays.copyOf(this.times, Math.max(16, size * 2));
		}
		this.times[size] = time;
		this.entries.add(entry);
	}

	int size() {
		return this.entries.size();
	}

	boolean isEmpty() {
		return this.entries.isEmpty();
	}

	AuditLog entry(int index) {
		return this.entries.get(index);
	}

	long time(int index) {
		return this.times[index];
	}

	List<AuditLog> entries() {
		return this.entries;
	}

}
