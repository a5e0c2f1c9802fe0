package io.github.tursospring.benchmarks.scenario;

import java.time.Duration;
import java.time.Instant;

import io.github.tursospring.benchmarks.measure.Cost;
import io.github.tursospring.benchmarks.process.RemoteServer.Statistics;
import io.github.tursospring.benchmarks.reader.ReaderKind;
import io.github.tursospring.benchmarks.reader.Reading;
import io.github.tursospring.benchmarks.report.Report;
import io.github.tursospring.benchmarks.server.RowText;

/**
 * S4: ten minutes far down a long log. The library bisects; a scan reads from the newest
 * entry down to them.
 */
public final class Range implements Scenario {

	private static final int GAIN = 100;

	/**
	 * Where in the log, from its oldest entry: no place that bisecting comes upon at
	 * once.
	 */
	private static final double PLACE = 0.437;

	private static final int DEFAULT_PAGE_SIZE = 100;

	private static final int LARGEST_PAGE_SIZE = 1000;

	@Override
	public Report run(Lab lab) {
		int rows = lab.sizes().rangeRows();
		Report report = new Report("S4: ten minutes, 56 % down a log of " + Format.whole(rows) + " entries, no latency",
				"", "page size", "requests", "time", "entries");
		long[] requests = new long[3];
		requests[0] = measure(lab, report, Contender.LIBRARY, DEFAULT_PAGE_SIZE);
		requests[1] = measure(lab, report, Contender.of(ReaderKind.WEB_CLIENT), DEFAULT_PAGE_SIZE);
		requests[2] = measure(lab, report, Contender.of(ReaderKind.WEB_CLIENT), LARGEST_PAGE_SIZE);
		double gain = (double) requests[1] / requests[0];
		report.aim(gain >= GAIN, "at least 100x fewer requests than a scan at the same page size", Format.whole(gain)
				+ "x (" + Format.whole((double) requests[2] / requests[0]) + "x fewer than a scan by pages of 1,000)");
		return report;
	}

	private static long measure(Lab lab, Report report, Contender contender, int pageSize) {
		int rows = lab.sizes().rangeRows();
		Instant from = RowText.time((int) (rows * PLACE));
		String log = lab.server().open(rows, Duration.ZERO);
		Cost cost = lab.reader(contender).read(new Reading(log, pageSize, from, from.plus(Duration.ofMinutes(10))));
		Statistics statistics = lab.server().statistics(log);
		report.row(contender.title(), String.valueOf(pageSize), Format.whole((double) statistics.requests()),
				Format.millis(cost.seconds()), Format.whole((double) cost.entries()));
		return statistics.requests();
	}

}
