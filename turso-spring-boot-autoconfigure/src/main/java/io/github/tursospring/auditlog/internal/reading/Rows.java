package io.github.tursospring.auditlog.internal.reading;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Rows as a page shows them, newest first, with the second of each. A row that says no
 * time takes that of the row above it; where there is none, that of the row below.
 */
final class Rows {

	private final List<AuditLog> rows;

	private final long[] seconds;

	private Rows(List<AuditLog> rows, long[] seconds) {
		this.rows = rows;
		this.seconds = seconds;
	}

	/**
	 * Return rows with their seconds.
	 * @param rows the rows, newest first
	 * @param page the number of the page that shows them
	 * @return the rows
	 * @throws ContractViolation if they are not in order
	 */
	static Rows of(List<AuditLog> rows, int page) {
		long[] seconds = new long[rows.size()];
		int undated = undatedAtTop(rows);
		long above = Long.MAX_VALUE;
		for (int i = undated; i < seconds.length; i++) {
			Instant createdAt = rows.get(i).createdAt();
			long second = (createdAt != null) ? createdAt.getEpochSecond() : above;
			if (second > above) {
				throw ContractViolation.lasting("page " + page + " is not in order, newest first: row " + (i + 1) + " ("
						+ createdAt + ") is newer than the row above it");
			}
			above = second;
			seconds[i] = second;
		}
		Arrays.fill(seconds, 0, undated, (undated < seconds.length) ? seconds[undated] : Long.MAX_VALUE);
		return new Rows(rows, seconds);
	}

	/**
	 * Return how many rows there are before the first one that says its time.
	 * @param rows the rows, newest first
	 * @return how many
	 */
	static int undatedAtTop(List<AuditLog> rows) {
		int undated = 0;
		while (undated < rows.size() && rows.get(undated).createdAt() == null) {
			undated++;
		}
		return undated;
	}

	int size() {
		return this.rows.size();
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	AuditLog row(int place) {
		return this.rows.get(place);
	}

	long second(int place) {
		return this.seconds[place];
	}

	/** Whether these are just the rows of another page. */
	boolean repeat(Rows other) {
		return this.rows.equals(other.rows);
	}

	/** Whether the topmost row is that of another page. */
	boolean startLike(Rows other) {
		return !isEmpty() && !other.isEmpty() && this.seconds[0] == other.seconds[0] && row(0).equals(other.row(0));
	}

	/** The place of the topmost row of another page, -1 if it is not here. */
	int placeOfTop(Rows other) {
		return other.isEmpty() ? -1 : this.rows.lastIndexOf(other.row(0));
	}

	/** Whether the topmost row of another page lies below these. */
	boolean lieAbove(Rows other) {
		if (isEmpty() || other.isEmpty()) {
			return false;
		}
		long bottom = this.seconds[size() - 1];
		return other.seconds[0] < bottom || (other.seconds[0] == bottom && placeOfTop(other) < 0);
	}

	boolean areOfOneSecond() {
		return !isEmpty() && this.seconds[0] == this.seconds[size() - 1];
	}

	/** Whether all are of the second of the topmost row of another page. */
	boolean areOfOneSecondWith(Rows other) {
		return areOfOneSecond() && !other.isEmpty() && this.seconds[0] == other.seconds[0];
	}

}
