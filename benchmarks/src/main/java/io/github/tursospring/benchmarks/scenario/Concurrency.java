package io.github.tursospring.benchmarks.scenario;

import java.time.Duration;
import java.util.List;

import io.github.tursospring.benchmarks.measure.Cost;
import io.github.tursospring.benchmarks.reader.ReaderKind;
import io.github.tursospring.benchmarks.reader.Reading;
import io.github.tursospring.benchmarks.report.Report;

/**
 * S2: how much of the latency several requests at a time hide.
 */
public final class Concurrency implements Scenario {

	private static final Contender SEQUENTIAL = Contender.of(ReaderKind.WEB_CLIENT);

	private static final double LIMIT = 1.25;

	private static final double GAIN = 5;

	@Override
	public Report run(Lab lab) {
		int rows = lab.sizes().latencyRows();
		int pageSize = lab.sizes().pageSize();
		Duration latency = lab.sizes().latency();
		List<Contender> contenders = List.of(Contender.LIBRARY_CONCURRENTLY, SEQUENTIAL);
		Reading warmUp = new Reading(lab.server().open(rows, Duration.ZERO), pageSize);
		Rounds.run(lab, contenders, warmUp, lab.sizes().warmUps());
		Reading reading = new Reading(lab.server().open(rows, latency), pageSize);
		Rounds rounds = Rounds.run(lab, contenders, reading, (lab.sizes().rounds() + 1) / 2);
		int turns = ((rows + pageSize - 1) / pageSize + Contender.LIBRARY_CONCURRENTLY.concurrency() - 1)
				/ Contender.LIBRARY_CONCURRENTLY.concurrency();
		double least = turns * (double) latency.toMillis() / 1000;
		Report report = new Report("S2: " + Format.whole(rows) + " entries, " + latency.toMillis()
				+ " ms a request, pages of " + pageSize + ", concurrency 8", "", "time", "CPU", "time / least");
		for (Contender contender : contenders) {
			report.row(contender.title(), Format.millis(rounds.seconds(contender)),
					Format.fixed(rounds.median(contender, Cost::cpuSeconds), 2) + " s",
					Format.times(rounds.seconds(contender) / least));
		}
		report.row("*limit: ceil(pages / 8) x latency*", Format.millis(least), "", Format.times(1));
		double limit = rounds.seconds(Contender.LIBRARY_CONCURRENTLY) / least;
		report.aim(limit <= LIMIT, "within " + LIMIT + "x of ceil(pages / 8) x latency", Format.times(limit));
		double gain = rounds.ratio(SEQUENTIAL, Contender.LIBRARY_CONCURRENTLY);
		report.aim(gain >= GAIN, "at least 5x a sequential peer", Format.times(gain));
		return report;
	}

}
