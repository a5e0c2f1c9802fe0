package io.github.tursospring.benchmarks.measure;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * The median: what half of the rounds were below, so that one disturbed round does not
 * count.
 */
public final class Median {

	private Median() {
	}

	/**
	 * Return the median.
	 * @param <T> type of what is looked at
	 * @param rounds what is looked at
	 * @param value what is measured of it
	 * @return the median of the values
	 */
	public static <T> double of(Collection<T> rounds, ToDoubleFunction<T> value) {
		double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
