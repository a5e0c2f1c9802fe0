package io.github.tursospring.benchmarks.scenario;

import java.time.Duration;

import io.github.tursospring.benchmarks.process.ChildJvm;
import io.github.tursospring.benchmarks.process.MemoryProcess;
import io.github.tursospring.benchmarks.report.Report;

/**
 * S5: a long log in a small heap, for a subscriber that is fast and for one that is slow.
 * The heap is looked at after a collection, at twenty places of each log.
 */
public final class Memory implements Scenario {

	private static final double FLAT = 1.1;

	private static final double MEGABYTE = 1024 * 1024;

	@Override
	public Report run(Lab lab) {
		int few = lab.sizes().fewRows();
		int many = lab.sizes().manyRows();
		Report report = new Report("S5: " + Format.whole(many) + " entries in -Xmx48m, pages of "
				+ lab.sizes().pageSize() + ", the library alone", "subscriber", "entries", "time", "peak heap in use");
		try (ChildJvm reader = MemoryProcess.start(lab.server().baseUrl())) {
			measure(lab, reader, few, 0, 0);
			long[] peaks = new long[4];
			peaks[0] = measure(lab, reader, report, "fast", few, 0, 0);
			peaks[1] = measure(lab, reader, report, "fast", many, 0, 0);
			peaks[2] = measure(lab, reader, report, "slow: 100 entries a millisecond", few, 100, 1);
			peaks[3] = measure(lab, reader, report, "slow: 100 entries a millisecond", many, 100, 1);
			double most = Math.max((double) peaks[1] / peaks[0], (double) peaks[3] / peaks[2]);
			report.aim(most <= FLAT, "completes, and the peak does not grow with the log",
					Format.times(most) + " that of " + Format.whole(few) + " entries");
		}
		return report;
	}

	private static long measure(Lab lab, ChildJvm reader, Report report, String title, int rows, int demand,
			int pause) {
		long start = System.nanoTime();
		long peak = measure(lab, reader, rows, demand, pause);
		report.row(title, Format.whole(rows), Format.millis((double) (System.nanoTime() - start) / 1_000_000_000),
				Format.fixed((double) peak / MEGABYTE, 1) + " MB");
		return peak;
	}

	private static long measure(Lab lab, ChildJvm reader, int rows, int demand, int pause) {
		String log = lab.server().open(rows, Duration.ZERO);
		String[] answer = reader.ask(log + " " + rows + " " + lab.sizes().pageSize() + " " + demand + " " + pause)
			.split(" ", -1);
		if (Integer.parseInt(answer[0]) != rows) {
			throw new IllegalStateException("Read " + answer[0] + " of " + rows + " entries");
		}
		return Long.parseLong(answer[1]);
	}

}
