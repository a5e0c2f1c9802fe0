package io.github.tursospring.auditlog.internal.reading;

/**
 * How far the log has moved since reading began. Rows are inserted at the head, so each
 * one moves every offset down by one: an offset is good for as long as one knows at which
 * tide it was seen. Answers are taken note of as they arrive, which with several requests
 * in flight is not the order in which they are read. Safe for use by several threads.
 */
final class Tide {

	private long total;

	private long level;

	private long growth;

	private long shrinkage;

	private long recentGrowth;

	Tide(long total) {
		this.total = total;
	}

	/**
	 * Take note of the total of an answer.
	 * @param newTotal the number of rows in the log, or {@link Slice#UNKNOWN}
	 * @return the level at which the answer's offsets are good
	 */
	synchronized long observe(long newTotal) {
		long change = (this.total != Slice.UNKNOWN && newTotal != Slice.UNKNOWN) ? newTotal - this.total : 0;
		this.growth = Math.max(change, 0);
		this.shrinkage = Math.max(-change, 0);
		this.recentGrowth = Math.max(this.growth, this.recentGrowth / 2);
		this.level += this.growth;
		this.total = newTotal;
		return this.level;
	}

	/** By how many rows the log has been seen to grow. */
	synchronized long level() {
		return this.level;
	}

	/** The number of rows in the log, or {@link Slice#UNKNOWN}. */
	synchronized long total() {
		return this.total;
	}

	/** By how much the log has shrunk at the last answer. */
	synchronized long shrinkage() {
		return this.shrinkage;
	}

	/**
	 * Return how many rows may well be inserted before the next answer. Read oldest
	 * first, they push what is looked for further down, so it is looked for that much
	 * lower.
	 * @param size the size of the window
	 * @return twice the last seen growth, but no more than leaves room to read on
	 */
	synchronized long slack(int size) {
		return Math.min(2 * this.recentGrowth, size / 2);
	}

}
