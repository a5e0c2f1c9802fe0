package io.github.tursospring.benchmarks;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.benchmarks.reader.Library;
import io.github.tursospring.benchmarks.reader.Limits;
import io.github.tursospring.benchmarks.reader.Reading;
import io.github.tursospring.benchmarks.server.Rows;

/**
 * S7: what a poll costs at the head of a log where nothing happens. A follow polls every
 * millisecond here, more often than the configuration allows.
 */
final class Following {

	private static final int ROWS = 2_000;

	private static final int ROUNDS = 5;

	/** Rounds that do not count: code is compiled until then. */
	private static final int WARM_UPS = 20;

	/** As long as the follow's: what it has delivered last, and a few rows more. */
	private static final int PAGE_SIZE = 13;

	private static final Duration INTERVAL = Duration.ofMillis(1);

	private static final FollowSettings POLLING = new FollowSettings(INTERVAL, Duration.ofSeconds(60),
			Duration.ofMinutes(1));

	private final String baseUrl;

	private @Nullable Disposable follow;

	private Cost.@Nullable Meter meter;

	private Following(String baseUrl) {
		this.baseUrl = baseUrl;
	}

	static Report run(Lab lab) {
		Report report = new Report(
				"S7: following a quiet log, " + ROUNDS + " times " + Figures.whole(lab.sizes().polls()) + " polls", "",
				"CPU/poll", "allocated bytes/poll");
		Instant from = new Rows(ROWS).time(ROWS - 10);
		double cpu = measure(lab, report, "this library", (following, log) -> following.follow(log, from));
		measure(lab, report, "*limit: the same request alone*", Following::request);
		report.aim(cpu <= 1, "at most 1 ms of CPU a quiet poll", Figures.fixed(cpu, 2) + " ms");
		return report;
	}

	private static double measure(Lab lab, Report report, String title, Start start) {
		int polls = lab.sizes().polls();
		String baseUrl = lab.baseUrl();
		String log = lab.open(ROWS, Duration.ZERO);
		double[] cpu = new double[ROUNDS];
		double[] bytes = new double[ROUNDS];
		try (Worker<Following> follower = Worker.start("128m", () -> new Following(baseUrl))) {
			follower.call((following) -> following.keep(start.apply(following, log)));
			await(lab, log, WARM_UPS * polls);
			for (int i = 0; i < ROUNDS; i++) {
				int before = lab.requests(log);
				follower.call(Following::measure);
				await(lab, log, before + polls);
				Cost cost = follower.call(Following::cost);
				int count = lab.requests(log) - before;
				cpu[i] = 1000 * cost.cpuSeconds() / count;
				bytes[i] = cost.allocatedBytes() / count;
			}
		}
		double median = Figures.median(cpu);
		report.row(title, Figures.fixed(median, 3) + " ms", Figures.whole(Figures.median(bytes)));
		return median;
	}

	private static void await(Lab lab, String log, int requests) {
		while (lab.requests(log) < requests) {
			try {
				Thread.sleep(20);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}
	}

	private Disposable follow(String log, Instant from) {
		return Library.client(this.baseUrl, 1)
			.follow((query) -> query.organization(log).startTime(from))
			.contextWrite((context) -> context.put(FollowSettings.class, POLLING))
			.subscribe();
	}

	private Disposable request(String log) {
		return Limits.poll(this.baseUrl, new Reading(log, PAGE_SIZE), INTERVAL).subscribe();
	}

	private boolean keep(Disposable follow) {
		this.follow = follow;
		return !follow.isDisposed();
	}

	private boolean measure() {
		this.meter = new Cost.Meter();
		return true;
	}

	private Cost cost() {
		if (this.meter == null || this.follow == null || this.follow.isDisposed()) {
			throw new IllegalStateException("Nothing is followed");
		}
		return this.meter.cost(Instant.now());
	}

	/**
	 * Starts to poll.
	 */
	@FunctionalInterface
	private interface Start extends BiFunction<Following, String, Disposable>, Serializable {

	}

}
