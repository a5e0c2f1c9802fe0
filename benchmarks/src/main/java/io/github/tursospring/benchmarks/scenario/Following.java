package io.github.tursospring.benchmarks.scenario;

import java.time.Duration;

import io.github.tursospring.benchmarks.measure.Cost;
import io.github.tursospring.benchmarks.process.ChildJvm;
import io.github.tursospring.benchmarks.process.FollowProcess;
import io.github.tursospring.benchmarks.report.Report;
import io.github.tursospring.benchmarks.server.RowText;

/**
 * S8: what it costs to stay at the head of a log.
 */
public final class Following implements Scenario {

	private static final int ROWS = 2_000;

	@Override
	public Report run(Lab lab) {
		Report report = new Report("S8: following at the head, " + Format.whole(lab.sizes().polls()) + " polls", "log",
				"CPU/poll", "allocated bytes/poll", "requests/entry delivered");
		try (ChildJvm follower = FollowProcess.start(lab.server().baseUrl())) {
			measure(lab, follower, 0);
			row(report, "quiet", lab, follower, 0);
			row(report, "an entry a poll", lab, follower, 1);
		}
		return report;
	}

	private static void row(Report report, String title, Lab lab, ChildJvm follower, int growth) {
		Polls polls = measure(lab, follower, growth);
		report.row(title, Format.fixed(1000 * polls.cost().cpuSeconds() / polls.count(), 3) + " ms",
				Format.whole(polls.cost().allocatedBytes() / polls.count()),
				(growth > 0) ? Format.fixed((double) polls.count() / polls.cost().entries(), 2) : "-");
	}

	private static Polls measure(Lab lab, ChildJvm follower, int growth) {
		int polls = lab.sizes().polls();
		String log = lab.server().open(ROWS, Duration.ZERO, growth, 0);
		follower.ask("follow " + log + " " + RowText.time(ROWS - 10));
		await(lab, log, 2L * polls);
		follower.ask("measure");
		long before = lab.server().statistics(log).requests();
		await(lab, log, before + polls);
		Cost cost = Cost.parse(follower.ask("stop"));
		return new Polls(cost, lab.server().statistics(log).requests() - before);
	}

	private static void await(Lab lab, String log, long requests) {
		while (lab.server().statistics(log).requests() < requests) {
			try {
				Thread.sleep(20);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}
	}

	private record Polls(Cost cost, long count) {
	}

}
