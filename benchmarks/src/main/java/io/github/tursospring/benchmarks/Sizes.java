package io.github.tursospring.benchmarks;

import java.time.Duration;

/**
 * How large everything is.
 *
 * @param warmUps rounds before those that count
 * @param rounds rounds that count
 * @param pageSize entries a page, where a scenario does not say another
 * @param throughputRows entries read without latency
 * @param latencyRows entries read with latency
 * @param latency the time of an answer
 * @param rangeRows entries of the log in which a range is looked for
 * @param manyRows many entries, read in little memory
 * @param fewRows few entries, read in little memory
 * @param exactRows entries of the log that moves
 * @param polls polls at the head of the log
 * @param startUps starts of an application
 */
public record Sizes(int warmUps, int rounds, int pageSize, int throughputRows, int latencyRows, Duration latency,
		int rangeRows, int manyRows, int fewRows, int exactRows, int polls, int startUps) {

	/** The sizes whose figures count. */
	public static final Sizes FULL = new Sizes(8, 9, 1000, 200_000, 100_000, Duration.ofMillis(50), 1_000_000,
			1_000_000, 10_000, 100_000, 1_000, 15);

	/** Sizes to see that everything runs. */
	public static final Sizes TINY = new Sizes(0, 1, 50, 500, 500, Duration.ofMillis(2), 5_000, 2_000, 500, 2_000, 20,
			1);

	/**
	 * Return how many rows the largest log has, with those to come of one that grows.
	 * @return the number of rows
	 */
	public int mostRows() {
		return Math.max(this.rangeRows, Math.max(this.manyRows, this.throughputRows)) + this.exactRows;
	}

}
