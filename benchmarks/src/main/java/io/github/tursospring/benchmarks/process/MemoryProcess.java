package io.github.tursospring.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.benchmarks.reader.LibraryReader;

/**
 * Program that reads logs in little memory, fast or slowly, and says how much of it was
 * in use: after a collection, a number of times on the way.
 */
public final class MemoryProcess {

	private static final List<String> OPTIONS = List.of("-Xmx48m");

	private static final int LOOKS = 20;

	private MemoryProcess() {
	}

	/**
	 * Start the program in a JVM of its own.
	 * @param baseUrl where the logs are
	 * @return the program
	 */
	public static ChildJvm start(String baseUrl) {
		return ChildJvm.start(OPTIONS, MemoryProcess.class, baseUrl);
	}

	/**
	 * Run the program. It is asked for the name of a log, its rows, the page size, how
	 * many entries to request at a time (0: without end), and how many milliseconds to
	 * wait before more are requested; it answers with the number of entries and the most
	 * bytes in use.
	 * @param args where the logs are
	 * @throws IOException if its input fails
	 */
	public static void main(String[] args) throws IOException {
		AuditLogClient client = LibraryReader.client(args[0], 1);
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			String[] words = line.split(" ", -1);
			AuditLogQuery query = AuditLogQuery.builder()
				.organization(words[0])
				.pageSize(Integer.parseInt(words[2]))
				.build();
			Subscriber subscriber = new Subscriber(Integer.parseInt(words[1]), Integer.parseInt(words[3]),
					Duration.ofMillis(Long.parseLong(words[4])));
			client.streamAll(query).subscribe(subscriber);
			System.out.println(ChildJvm.ANSWER + subscriber.await());
		}
		System.exit(0);
	}

	/**
	 * Takes entries as they come, or some of them at a time and with a pause after them.
	 */
	private static final class Subscriber extends BaseSubscriber<AuditLog> {

		private final CountDownLatch done = new CountDownLatch(1);

		private final int every;

		private final int demand;

		private final Duration pause;

		private volatile long count;

		private volatile long peak;

		private volatile @Nullable Throwable failure;

		Subscriber(int rows, int demand, Duration pause) {
			this.every = Math.max(1, rows / LOOKS);
			this.demand = demand;
			this.pause = pause;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request((this.demand > 0) ? this.demand : Long.MAX_VALUE);
		}

		@Override
		@SuppressWarnings("NonAtomicVolatileUpdate")
		protected void hookOnNext(AuditLog entry) {
			this.count++;
			if (this.count % this.every == 0) {
				this.peak = Math.max(this.peak, used());
			}
			if (this.demand > 0 && this.count % this.demand == 0) {
				Schedulers.parallel()
					.schedule(() -> request(this.demand), this.pause.toMillis(), TimeUnit.MILLISECONDS);
			}
		}

		@Override
		protected void hookOnError(Throwable throwable) {
			this.failure = throwable;
		}

		@Override
		protected void hookFinally(SignalType type) {
			this.done.countDown();
		}

		String await() {
			try {
				this.done.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (this.failure != null) {
				throw new IllegalStateException(this.failure);
			}
			return this.count + " " + this.peak;
		}

		private static long used() {
			System.gc();
			return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
		}

	}

}
