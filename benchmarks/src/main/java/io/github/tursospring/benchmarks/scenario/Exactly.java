package io.github.tursospring.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.tursospring.benchmarks.process.Exactness;
import io.github.tursospring.benchmarks.process.RemoteServer.Statistics;
import io.github.tursospring.benchmarks.reader.Reading;
import io.github.tursospring.benchmarks.report.Report;

/**
 * S7: a log that moves while it is read: after each answer some rows are added and fewer
 * removed. What is to be read is what was there at the first answer and has not been
 * removed at the end.
 */
public final class Exactly implements Scenario {

	private static final int PAGE_SIZE = 100;

	private static final int GROWTH = 7;

	private static final int REMOVALS = 3;

	@Override
	public Report run(Lab lab) {
		int rows = lab.sizes().exactRows();
		Report report = new Report(
				"S7: " + Format.whole(rows) + " entries, pages of " + PAGE_SIZE + ", after each answer " + GROWTH
						+ " added and " + REMOVALS + " removed",
				"", "requests", "emitted", "lost", "repeated", "out of order");
		List<Contender> contenders = new ArrayList<>(List.of(Contender.LIBRARY, Contender.LIBRARY_CONCURRENTLY));
		contenders.addAll(Contender.PEERS);
		long lost = 0;
		long repeated = 0;
		for (Contender contender : contenders) {
			String log = lab.server().open(rows, Duration.ZERO, GROWTH, REMOVALS);
			lab.reader(contender).record(new Reading(log, PAGE_SIZE));
			Statistics statistics = lab.server().statistics(log);
			Exactness exactness = lab.reader(contender).check(statistics.oldest(), statistics.newest());
			report.row(contender.title(), Format.whole((double) statistics.requests()),
					Format.whole((double) exactness.emitted()), Format.whole((double) exactness.lost()),
					Format.whole((double) exactness.repeated()), Format.whole((double) exactness.disordered()));
			if (contender.kind() == Contender.LIBRARY.kind()) {
				lost += exactness.lost();
				repeated += exactness.repeated();
			}
		}
		report.aim(lost == 0 && repeated == 0, "0 lost, 0 repeated", lost + " lost, " + repeated + " repeated");
		return report;
	}

}
