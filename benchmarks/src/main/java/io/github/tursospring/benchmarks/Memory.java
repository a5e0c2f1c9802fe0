package io.github.tursospring.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.benchmarks.reader.Library;

/**
 * S5: logs of different lengths in a small heap, for a subscriber that is fast and for
 * one that is slow. The heap is looked at after a collection, at twenty places of a log.
 */
final class Memory {

	private static final String HEAP = "48m";

	private static final int LOOKS = 20;

	private static final int SLOW_DEMAND = 100;

	private static final double FLAT = 1.1;

	private static final double MEGABYTE = 1024 * 1024;

	private Memory() {
	}

	static Report run(Lab lab) {
		List<Integer> sizes = lab.sizes().memoryRows();
		Report report = new Report("S5: peak heap in use with -Xmx" + HEAP + ", pages of " + lab.sizes().pageSize()
				+ ", the library alone", "subscriber", "entries", "time", "peak heap in use");
		String baseUrl = lab.baseUrl();
		double most = 0;
		try (Worker<AuditLogClient> reader = Worker.start(HEAP, () -> Library.client(baseUrl, 1))) {
			measure(lab, reader, sizes.get(0), false);
			for (boolean slow : new boolean[] { false, true }) {
				List<Double> peaks = new ArrayList<>();
				for (int rows : sizes) {
					long start = System.nanoTime();
					peaks.add(measure(lab, reader, rows, slow));
					report.row(slow ? "slow: 100 entries a millisecond" : "fast", Figures.whole(rows),
							Figures.millis((System.nanoTime() - start) / 1e9),
							Figures.fixed(peaks.get(peaks.size() - 1) / MEGABYTE, 1) + " MB");
				}
				most = Math.max(most, peaks.get(peaks.size() - 1) / peaks.get(0));
			}
		}
		report.aim(most <= FLAT, "the peak does not grow with the log",
				"the longest takes " + Figures.times(most) + " of the shortest");
		return report;
	}

	private static double measure(Lab lab, Worker<AuditLogClient> reader, int rows, boolean slow) {
		String log = lab.open(rows, Duration.ZERO);
		int pageSize = lab.sizes().pageSize();
		return reader.call((client) -> {
			Subscriber subscriber = new Subscriber(Math.max(1, rows / LOOKS), slow);
			client.streamAll((query) -> query.organization(log).pageSize(pageSize)).subscribe(subscriber);
			return (double) subscriber.peak();
		});
	}

	/**
	 * Takes entries as they come, or some of them at a time with a pause after them.
	 */
	private static final class Subscriber extends BaseSubscriber<AuditLog> {

		private final Sinks.One<Long> result = Sinks.one();

		private final int every;

		private final boolean slow;

		private long count;

		private long peak;

		Subscriber(int every, boolean slow) {
			this.every = every;
			this.slow = slow;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(this.slow ? SLOW_DEMAND : Long.MAX_VALUE);
		}

		@Override
		protected void hookOnNext(AuditLog entry) {
			this.count++;
			if (this.count % this.every == 0) {
				System.gc();
				this.peak = Math.max(this.peak, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
			}
			if (this.slow && this.count % SLOW_DEMAND == 0) {
				Schedulers.parallel().schedule(() -> request(SLOW_DEMAND), 1, TimeUnit.MILLISECONDS);
			}
		}

		@Override
		protected void hookOnError(Throwable throwable) {
			this.result.tryEmitError(throwable);
		}

		@Override
		protected void hookFinally(SignalType type) {
			this.result.tryEmitValue(this.peak);
		}

		long peak() {
			return this.result.asMono().blockOptional().orElseThrow();
		}

	}

}
