package io.github.tursospring.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.tursospring.benchmarks.reader.Contender;
import io.github.tursospring.benchmarks.reader.Reading;

/**
 * S6: how long after the last byte of the first response was sent the first entry is
 * there. Both processes take the time from the machine's clock.
 */
final class FirstEntry {

	private static final int PAGES = 3;

	private FirstEntry() {
	}

	static Report run(Lab lab) {
		Map<Contender, List<Double>> delays = new EnumMap<>(Contender.class);
		List<Contender> contenders = new ArrayList<>(List.of(Contender.LIBRARY));
		contenders.addAll(Contender.PEERS);
		contenders.forEach(lab::start);
		for (int i = 0; i < 5 * lab.sizes().rounds(); i++) {
			for (Contender contender : contenders) {
				delays.computeIfAbsent(contender, (key) -> new ArrayList<>()).add(delay(lab, contender));
			}
		}
		Report report = new Report(
				"S6: the first entry, after the last byte of a first page of " + lab.sizes().pageSize(), "", "median",
				"fastest", "slowest");
		Map<Contender, Double> medians = new EnumMap<>(Contender.class);
		delays.forEach((contender, values) -> {
			double[] all = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			medians.put(contender, Figures.median(all));
			report.row(contender.title(), Figures.millis(Figures.median(all)), Figures.millis(all[0]),
					Figures.millis(all[all.length - 1]));
		});
		double library = Objects.requireNonNull(medians.remove(Contender.LIBRARY));
		double best = medians.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
		report.aim(library <= best, "no later than with any peer",
				Figures.times(library / best) + " the time of the fastest");
		return report;
	}

	private static double delay(Lab lab, Contender contender) {
		int pageSize = lab.sizes().pageSize();
		String log = lab.open(PAGES * pageSize, Duration.ZERO);
		Cost cost = lab.read(contender, new Reading(log, pageSize));
		Instant sent = lab.server().call((logs) -> logs.firstSent(log));
		return Duration.between(sent, cost.firstEntry()).toNanos() / 1e9;
	}

}
