package io.github.tursospring.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.tursospring.benchmarks.reader.Contender;
import io.github.tursospring.benchmarks.reader.Reading;

/**
 * S1 to S3: how fast a whole log is read, without latency and with it.
 */
final class ReadingTimes {

	private static final int CONCURRENCY = 8;

	private ReadingTimes() {
	}

	/** S1: responses come at once. What counts is what the reader itself costs. */
	static Report throughput(Lab lab) {
		int rows = lab.sizes().throughputRows();
		Reading reading = new Reading(lab.open(rows, Duration.ZERO), lab.sizes().pageSize());
		List<Contender> contenders = libraryAndPeers(Contender.REQUESTS_ALONE, Contender.TOKENS_ALONE);
		Rounds rounds = Rounds.run(lab, contenders, reading, lab.sizes().rounds());
		Report report = new Report(
				"S1: " + Figures.whole(rows) + " entries, no latency, pages of " + lab.sizes().pageSize(), "",
				"entries/s", "time", "CPU", "allocated bytes/entry", "time / library's");
		for (Contender contender : contenders) {
			report.row(contender.title(), Figures.whole(rows / rounds.seconds(contender)),
					Figures.millis(rounds.seconds(contender)), cpu(rounds, contender),
					Figures.whole(rounds.median(contender, Cost::allocatedBytes) / rows),
					Figures.times(rounds.ratio(contender, Contender.LIBRARY)));
		}
		double limit = rounds.ratio(Contender.LIBRARY, Contender.REQUESTS_ALONE, Contender.TOKENS_ALONE);
		report.aim(limit <= 1.4, "at most 1.40x of requests alone plus tokens alone", Figures.times(limit));
		double closest = Contender.PEERS.stream()
			.mapToDouble((peer) -> rounds.ratio(peer, Contender.LIBRARY))
			.min()
			.orElseThrow();
		report.aim(closest >= 2, "at least 2.00x ahead of every peer", Figures.times(closest));
		double bytes = rounds.median(Contender.LIBRARY, Cost::allocatedBytes) / rows;
		report.aim(bytes <= 900, "at most 900 bytes allocated an entry", Figures.whole(bytes));
		return report;
	}

	/** S2: several requests at a time hide latency. */
	static Report concurrency(Lab lab) {
		Reading reading = slow(lab);
		List<Contender> contenders = List.of(Contender.LIBRARY_BY_8, Contender.WEB_CLIENT_BY_8, Contender.WEB_CLIENT,
				Contender.REQUESTS_ALONE_BY_8);
		Rounds rounds = Rounds.run(lab, contenders, reading, lab.sizes().slowRounds());
		int pages = ceilDiv(lab.sizes().latencyRows(), lab.sizes().pageSize());
		double least = ceilDiv(pages, CONCURRENCY) * (double) lab.sizes().latency().toMillis() / 1000;
		Report report = new Report("S2: " + slowTitle(lab) + ", 8 at a time", "", "time", "CPU", "time / least");
		for (Contender contender : contenders) {
			double seconds = rounds.seconds(contender);
			report.row(contender.title(), Figures.millis(seconds), cpu(rounds, contender),
					Figures.times(seconds / least));
		}
		report.row("*least: ceil(pages / 8) x latency*", Figures.millis(least), "", Figures.times(1));
		double limit = Math.min(rounds.seconds(Contender.LIBRARY_BY_8) / least,
				rounds.ratio(Contender.LIBRARY_BY_8, Contender.REQUESTS_ALONE_BY_8));
		report.aim(limit <= 1.12, "at most 1.12x of the least, or of requests alone where that is more",
				Figures.times(limit));
		return report;
	}

	/** S3: one request at a time. What counts is what lies between two requests. */
	static Report latency(Lab lab) {
		Reading reading = slow(lab);
		List<Contender> contenders = libraryAndPeers(Contender.REQUESTS_ALONE);
		Rounds rounds = Rounds.run(lab, contenders, reading, lab.sizes().slowRounds());
		Report report = new Report("S3: " + slowTitle(lab) + ", one at a time", "", "time", "CPU", "time / library's");
		for (Contender contender : contenders) {
			report.row(contender.title(), Figures.millis(rounds.seconds(contender)), cpu(rounds, contender),
					Figures.fixed(rounds.ratio(contender, Contender.LIBRARY), 3) + "x");
		}
		double closest = Contender.PEERS.stream()
			.mapToDouble((peer) -> rounds.ratio(Contender.LIBRARY, peer))
			.max()
			.orElseThrow();
		report.aim(closest <= 0.97, "at most 0.970x the time of every sequential peer",
				Figures.fixed(closest, 3) + "x");
		double limit = rounds.ratio(Contender.LIBRARY, Contender.REQUESTS_ALONE);
		report.aim(limit <= 1.02, "at most 1.020x of requests alone", Figures.fixed(limit, 3) + "x");
		return report;
	}

	private static Reading slow(Lab lab) {
		return new Reading(lab.open(lab.sizes().latencyRows(), lab.sizes().latency()), lab.sizes().pageSize());
	}

	private static String slowTitle(Lab lab) {
		return Figures.whole(lab.sizes().latencyRows()) + " entries, " + lab.sizes().latency().toMillis()
				+ " ms a request, pages of " + lab.sizes().pageSize();
	}

	private static List<Contender> libraryAndPeers(Contender... limits) {
		List<Contender> contenders = new ArrayList<>(List.of(Contender.LIBRARY));
		contenders.addAll(Contender.PEERS);
		contenders.addAll(List.of(limits));
		return contenders;
	}

	private static String cpu(Rounds rounds, Contender contender) {
		return Figures.fixed(rounds.median(contender, Cost::cpuSeconds), 2) + " s";
	}

	private static int ceilDiv(int dividend, int divisor) {
		return (dividend + divisor - 1) / divisor;
	}

}
