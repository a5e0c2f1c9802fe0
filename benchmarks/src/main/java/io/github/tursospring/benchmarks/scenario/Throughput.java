package io.github.tursospring.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.tursospring.benchmarks.measure.Cost;
import io.github.tursospring.benchmarks.reader.ReaderKind;
import io.github.tursospring.benchmarks.reader.Reading;
import io.github.tursospring.benchmarks.report.Report;

/**
 * S1: how fast a log is read that is answered at once, and what that costs.
 */
public final class Throughput implements Scenario {

	private static final Contender REQUESTS = Contender.of(ReaderKind.REQUESTS_ALONE);

	private static final Contender TOKENS = Contender.of(ReaderKind.TOKENS_ALONE);

	private static final double LIMIT = 2.0;

	@Override
	public Report run(Lab lab) {
		int rows = lab.sizes().throughputRows();
		int pageSize = lab.sizes().pageSize();
		Reading reading = new Reading(lab.server().open(rows, Duration.ZERO), pageSize);
		List<Contender> contenders = new ArrayList<>(List.of(Contender.LIBRARY));
		contenders.addAll(Contender.PEERS);
		contenders.addAll(List.of(REQUESTS, TOKENS));
		Rounds.run(lab, contenders, reading, lab.sizes().warmUps());
		Rounds rounds = Rounds.run(lab, contenders, reading, lab.sizes().rounds());
		Report report = new Report("S1: " + Format.whole(rows) + " entries, no latency, pages of " + pageSize, "",
				"entries/s", "time", "CPU", "allocated bytes/entry", "time / library's");
		for (Contender contender : contenders) {
			report.row(contender.title(), Format.whole(rows / rounds.seconds(contender)),
					Format.millis(rounds.seconds(contender)),
					Format.fixed(rounds.median(contender, Cost::cpuSeconds), 2) + " s",
					Format.whole(rounds.median(contender, Cost::allocatedBytes) / rows),
					Format.times(rounds.ratio(contender, Contender.LIBRARY)));
		}
		double closest = Contender.PEERS.stream()
			.mapToDouble((peer) -> rounds.ratio(peer, Contender.LIBRARY))
			.min()
			.orElse(0);
		report.aim(closest > 1, "ahead of every peer", "the closest takes " + Format.times(closest) + " its time");
		double limit = rounds.seconds(Contender.LIBRARY) / (rounds.seconds(REQUESTS) + rounds.seconds(TOKENS));
		report.aim(limit <= LIMIT, "within " + LIMIT + "x of requests alone plus tokens alone", Format.times(limit));
		return report;
	}

}
