package io.github.tursospring.benchmarks;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.benchmarks.reader.Library;
import io.github.tursospring.benchmarks.server.Rows;

/**
 * S7: what a poll costs at the head of a log where nothing happens. A follow polls every
 * millisecond here, more often than the configuration allows.
 */
final class Following {

	private static final int ROWS = 2_000;

	private static final int ROUNDS = 5;

	private static final FollowSettings POLLING = new FollowSettings(Duration.ofMillis(1), Duration.ofSeconds(60),
			Duration.ofMinutes(1));

	private final AuditLogClient client;

	private @Nullable Disposable follow;

	private Cost.@Nullable Meter meter;

	private Following(String baseUrl) {
		this.client = Library.client(baseUrl, 1);
	}

	static Report run(Lab lab) {
		int polls = lab.sizes().polls();
		String baseUrl = lab.baseUrl();
		String log = lab.open(ROWS, Duration.ZERO);
		Instant from = new Rows(ROWS).time(ROWS - 10);
		double[] cpu = new double[ROUNDS];
		double[] bytes = new double[ROUNDS];
		try (Worker<Following> follower = Worker.start("128m", () -> new Following(baseUrl))) {
			follower.call((following) -> following.start(log, from));
			await(lab, log, 4 * polls);
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
		Report report = new Report("S7: following a quiet log, " + ROUNDS + " times " + Figures.whole(polls) + " polls",
				"", "CPU/poll", "allocated bytes/poll");
		double median = Figures.median(cpu);
		report.row("this library", Figures.fixed(median, 3) + " ms", Figures.whole(Figures.median(bytes)));
		report.aim(median <= 1, "at most 1 ms of CPU a quiet poll", Figures.fixed(median, 2) + " ms");
		return report;
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

	private boolean start(String log, Instant from) {
		this.follow = this.client.follow((query) -> query.organization(log).startTime(from))
			.contextWrite((context) -> context.put(FollowSettings.class, POLLING))
			.subscribe();
		return !this.follow.isDisposed();
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

}
