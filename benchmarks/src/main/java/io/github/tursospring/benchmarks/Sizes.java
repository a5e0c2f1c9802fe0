package io.github.tursospring.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * Sizes of what is measured.
 *
 * @param warmUps readings of each contender before those that count
 * @param rounds rounds that count
 * @param slowRounds rounds that count where responses have latency
 * @param pageSize entries a page, unless a scenario says otherwise
 * @param throughputRows entries of a log without latency
 * @param latencyRows entries of a log with latency
 * @param latency the time between a request and its response
 * @param searchedRows entries of the logs in which entries and ranges are searched
 * @param memoryRows entries of the logs that are read in a small heap, ascending
 * @param polls polls at the head of a log
 */
record Sizes(int warmUps, int rounds, int slowRounds, int pageSize, int throughputRows, int latencyRows,
		Duration latency, List<Integer> searchedRows, List<Integer> memoryRows, int polls) {

	/** Sizes whose figures count. */
	static final Sizes FULL = new Sizes(8, 11, 5, 1000, 199_500, 99_500, Duration.ofMillis(50), List.of(5_000, 200_000),
			List.of(10_000, 100_000, 1_000_000), 1_000);

	/** Sizes that show that everything runs. */
	static final Sizes TINY = new Sizes(1, 1, 1, 50, 490, 490, Duration.ofMillis(2), List.of(500, 1_000),
			List.of(500, 2_000), 20);

	int mostRows() {
		return this.memoryRows.get(this.memoryRows.size() - 1);
	}

}
