package io.github.tursospring.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.tursospring.benchmarks.measure.Cost;
import io.github.tursospring.benchmarks.measure.Median;
import io.github.tursospring.benchmarks.reader.Reading;
import io.github.tursospring.benchmarks.report.Report;

/**
 * S6: how long after the last byte of the first answer was sent the first entry is there.
 * Both processes take the time from the machine's clock.
 */
public final class FirstEntry implements Scenario {

	private static final int MICROS = 1_000_000;

	private static final int PAGES = 3;

	@Override
	public Report run(Lab lab) {
		int pageSize = lab.sizes().pageSize();
		List<Contender> contenders = new ArrayList<>(List.of(Contender.LIBRARY));
		contenders.addAll(Contender.PEERS);
		Reading warmUp = new Reading(lab.server().open(lab.sizes().throughputRows(), Duration.ZERO), pageSize);
		Rounds.run(lab, contenders, warmUp, lab.sizes().warmUps());
		Map<Contender, List<Double>> delays = new LinkedHashMap<>();
		for (int i = 0; i < 5 * lab.sizes().rounds(); i++) {
			for (Contender contender : contenders) {
				delays.computeIfAbsent(contender, (key) -> new ArrayList<>()).add(delay(lab, contender, pageSize));
			}
		}
		Report report = new Report("S6: the first entry, after the last byte of a first page of " + pageSize, "",
				"median", "fastest", "slowest");
		double library = 0;
		double best = Double.MAX_VALUE;
		for (Contender contender : contenders) {
			List<Double> all = delays.getOrDefault(contender, List.of()).stream().sorted().toList();
			double median = Median.of(all, Double::doubleValue);
			report.row(contender.title(), Format.millis(median), Format.millis(all.get(0)),
					Format.millis(all.get(all.size() - 1)));
			if (contender.equals(Contender.LIBRARY)) {
				library = median;
			}
			else {
				best = Math.min(best, median);
			}
		}
		report.aim(library <= best, "not behind any peer", Format.times(library / best) + " the time of the fastest");
		return report;
	}

	private static double delay(Lab lab, Contender contender, int pageSize) {
		String log = lab.server().open(PAGES * pageSize, Duration.ZERO);
		Cost cost = lab.reader(contender).read(new Reading(log, pageSize));
		long sent = lab.server().statistics(log).firstSentMicros();
		return (double) (cost.firstEntryMicros() - sent) / MICROS;
	}

}
