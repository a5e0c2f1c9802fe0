package io.github.tursospring.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.tursospring.benchmarks.measure.Cost;
import io.github.tursospring.benchmarks.reader.Reading;
import io.github.tursospring.benchmarks.report.Report;

/**
 * S3: one request at a time, with latency: what the library's care costs.
 */
public final class Latency implements Scenario {

	private static final double LIMIT = 1.03;

	@Override
	public Report run(Lab lab) {
		int rows = lab.sizes().latencyRows();
		int pageSize = lab.sizes().pageSize();
		List<Contender> contenders = new ArrayList<>(List.of(Contender.LIBRARY));
		contenders.addAll(Contender.PEERS);
		Reading warmUp = new Reading(lab.server().open(rows, Duration.ZERO), pageSize);
		Rounds.run(lab, contenders, warmUp, lab.sizes().warmUps());
		Reading reading = new Reading(lab.server().open(rows, lab.sizes().latency()), pageSize);
		Rounds rounds = Rounds.run(lab, contenders, reading, (lab.sizes().rounds() + 1) / 2);
		Report report = new Report(
				"S3: " + Format.whole(rows) + " entries, " + lab.sizes().latency().toMillis()
						+ " ms a request, pages of " + pageSize + ", one at a time",
				"", "time", "CPU", "time / library's");
		for (Contender contender : contenders) {
			report.row(contender.title(), Format.millis(rounds.seconds(contender)),
					Format.fixed(rounds.median(contender, Cost::cpuSeconds), 2) + " s",
					Format.fixed(rounds.ratio(contender, Contender.LIBRARY), 3) + "x");
		}
		double behind = Contender.PEERS.stream()
			.mapToDouble((peer) -> rounds.ratio(Contender.LIBRARY, peer))
			.max()
			.orElse(0);
		report.aim(behind <= LIMIT, "not behind any sequential peer by more than 3 %",
				Format.fixed(behind, 3) + "x the time of the fastest");
		return report;
	}

}
