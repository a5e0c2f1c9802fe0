package io.github.tursospring.auditlog.internal.reading;

import java.util.HashMap;
import java.util.Map;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Tells the rows of one slice that are to be emitted from those that are not: a row is
 * held back as often as the boundary counts it, and where the extent does not hold it.
 */
final class Sieve {

	private final Boundary boundary;

	private final Extent extent;

	private final Map<RowKey, Integer> left;

	private final Map<RowKey, Integer> emitted;

	private long repeats;

	private boolean passedEnd;

	/**
	 * Create a new sieve.
	 * @param boundary what has been emitted
	 * @param extent where reading ends
	 * @param repeats how many rows of the slice can have been emitted before, going by
	 * its offsets: rows that are identical cannot be told apart in any other way where a
	 * slice shows only some of them
	 */
	Sieve(Boundary boundary, Extent extent, long repeats) {
		this.boundary = boundary;
		this.extent = extent;
		this.left = new HashMap<>(boundary.emitted());
		this.emitted = new HashMap<>(boundary.emitted());
		this.repeats = repeats;
	}

	/**
	 * Return the rows to emit.
	 * @param slice the slice
	 * @param first index of the first row that is not before the boundary
	 * @return the rows
	 */
	Batch sift(Slice slice, int first) {
		Batch batch = new Batch(slice.size() - first);
		for (int i = first; i < slice.size(); i++) {
			long time = slice.time(i);
			if (this.extent.isPassedBy(time)) {
				this.passedEnd = true;
				break;
			}
			if (passes(slice.row(i), time) && this.extent.holds(slice.row(i), time, this.emitted)) {
				batch.add(slice.row(i), time);
			}
		}
		return batch;
	}

	/** Whether the slice reached past the end of the extent. */
	boolean passedEnd() {
		return this.passedEnd;
	}

	private boolean passes(AuditLog row, long time) {
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
