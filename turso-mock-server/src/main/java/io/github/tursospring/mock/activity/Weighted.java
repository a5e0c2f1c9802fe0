package io.github.tursospring.mock.activity;

import java.util.List;
import java.util.Random;

/**
 * One of several choices, picked in proportion to its weight.
 *
 * @param <T> type of what is chosen
 * @param weight the weight in relation to the others
 * @param choice what is chosen
 */
record Weighted<T>(int weight, T choice) {

	static <T> T pick(List<Weighted<T>> choices, Random random) {
		int rest = random.nextInt(choices.stream().mapToInt(Weighted::weight).sum());
		for (Weighted<T> candidate : choices) {
			rest -= candidate.weight();
			if (rest < 0) {
				return candidate.choice();
			}
		}
		throw new IllegalStateException("No choices");
	}

}
