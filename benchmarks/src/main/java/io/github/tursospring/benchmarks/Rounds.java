package io.github.tursospring.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

import io.github.tursospring.benchmarks.reader.Contender;
import io.github.tursospring.benchmarks.reader.Reading;

/**
 * Rounds in which all contenders read the same in turn, so that whatever else the machine
 * does meets all of them. A ratio is the median of the rounds' ratios.
 */
final class Rounds {

	private final List<Map<Contender, Cost>> rounds = new ArrayList<>();

	private Rounds() {
	}

	static Rounds run(Lab lab, List<Contender> contenders, Reading reading, int count) {
		contenders.forEach(lab::start);
		Rounds rounds = new Rounds();
		for (int i = 0; i < count; i++) {
			Map<Contender, Cost> round = new EnumMap<>(Contender.class);
			contenders.forEach((contender) -> round.put(contender, lab.read(contender, reading)));
			rounds.rounds.add(round);
		}
		return rounds;
	}

	double median(Contender contender, ToDoubleFunction<Cost> value) {
		return medianOf((round) -> value.applyAsDouble(cost(round, contender)));
	}

	double seconds(Contender contender) {
		return median(contender, Cost::seconds);
	}

	/**
	 * Return how many times as long one contender took as others in a row.
	 * @param contender the contender
	 * @param others those to compare with
	 * @return the ratio
	 */
	double ratio(Contender contender, Contender... others) {
		return medianOf((round) -> cost(round, contender).seconds()
				/ Arrays.stream(others).mapToDouble((other) -> cost(round, other).seconds()).sum());
	}

	private double medianOf(ToDoubleFunction<Map<Contender, Cost>> value) {
		return Figures.median(this.rounds.stream().mapToDouble(value).toArray());
	}

	private static Cost cost(Map<Contender, Cost> round, Contender contender) {
		return Objects.requireNonNull(round.get(contender));
	}

}
