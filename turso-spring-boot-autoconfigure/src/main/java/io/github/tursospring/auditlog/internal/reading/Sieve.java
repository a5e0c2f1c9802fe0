package io.github.tursospring.auditlog.internal.reading;

import java.util.HashMap;
import java.util.Map;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Tells the rows of one slice that were emitted before from those that were not: a row is
 * held back as often as the boundary counts it.
 */
final class Sieve {

	private final Boundary boundary;

	private final Map<RowKey, Integer> left;

	private long repeats;

	/**
	 * Create a new sieve.
	 * @param boundary what has been emitted
	 * @param repeats how many rows of the slice can have been emitted before, going by
	 * its offsets: rows that are identical cannot be told apart in any other way where a
	 * slice shows only some of them
	 */
	Sieve(Boundary boundary, long repeats) {
		this.boundary = boundary;
		this.left = new HashMap<>(boundary.emitted());
		this.repeats = repeats;
	}

	boolean passes(AuditLog row, long time) {
		if (time > this.boundary.latest() || this.left.isEmpty()) {
			return true;
		}
		RowKey key = RowKey.of(row, time);
		int times = this.left.getOrDefault(key, 0);
		if (times == 0) {
			return true;
		}
		if (this.repeats <= 0 && this.boundary.emitted().getOrDefault(key, 0) > 1) {
			return true;
		}
		this.repeats--;
		this.left.put(key, times - 1);
		return false;
	}

}
