package io.github.tursospring.benchmarks.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.tursospring.benchmarks.measure.Cost;
import io.github.tursospring.benchmarks.measure.Median;
import io.github.tursospring.benchmarks.reader.Reading;

/**
 * Rounds in which everyone reads the same in turn, so that whatever else the machine does
 * meets all alike.
 */
final class Rounds {

	private final Map<Contender, List<Cost>> costs = new LinkedHashMap<>();

	private Rounds() {
	}

	/**
	 * Run some rounds.
	 * @param lab the readers
	 * @param contenders who reads
	 * @param reading what
	 * @param rounds how often
	 * @return what each one's readings cost
	 */
	static Rounds run(Lab lab, List<Contender> contenders, Reading reading, int rounds) {
		Rounds all = new Rounds();
		contenders.forEach((contender) -> lab.reader(contender).prepare(reading));
		for (int i = 0; i < rounds; i++) {
			for (Contender contender : contenders) {
				all.add(contender, lab.reader(contender).read(reading));
			}
		}
		return all;
	}

	private void add(Contender contender, Cost cost) {
		this.costs.computeIfAbsent(contender, (key) -> new ArrayList<>()).add(cost);
	}

	double median(Contender contender, ToDoubleFunction<Cost> value) {
		return Median.of(this.costs.getOrDefault(contender, List.of()), value);
	}

	double seconds(Contender contender) {
		return median(contender, Cost::seconds);
	}

	/**
	 * Return how many times as long one took as another: the median of the rounds'
	 * ratios.
	 */
	double ratio(Contender contender, Contender to) {
		List<Cost> ones = this.costs.getOrDefault(contender, List.of());
		List<Cost> others = this.costs.getOrDefault(to, List.of());
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
			ratios.add(ones.get(i).seconds() / others.get(i).seconds());
		}
		return Median.of(ratios, Double::doubleValue);
	}

}
