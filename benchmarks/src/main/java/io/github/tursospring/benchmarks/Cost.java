package io.github.tursospring.benchmarks;

import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

import io.github.tursospring.benchmarks.reader.Reader;
import io.github.tursospring.benchmarks.reader.Reading;

/**
 * What this JVM has spent between two moments.
 *
 * @param seconds the time on the clock
 * @param cpuSeconds the CPU time of the process, compiler and garbage collector included
 * @param allocatedBytes the bytes that its threads allocated on the heap
 * @param firstEntry when the first entry arrived
 */
record Cost(double seconds, double cpuSeconds, double allocatedBytes, Instant firstEntry) implements Serializable {

	/**
	 * Read a log, and measure it.
	 * @param reader the reader
	 * @param reading what to read
	 * @return the cost
	 */
	static Cost of(Reader reader, Reading reading) {
		reader.prepare(reading);
		FirstEntry first = new FirstEntry();
		Meter meter = new Meter();
		reader.read(reading, first);
		return meter.cost(first.time);
	}

	private static final class FirstEntry implements Consumer<String> {

		private Instant time = Instant.MIN;

		private int count;

		@Override
		public void accept(String message) {
			if (this.count++ == 0) {
				this.time = Instant.now();
			}
		}

	}

	/**
	 * Measures from its creation on, which starts with a garbage collection.
	 */
	static final class Meter {

		private static final double NANOS = 1_000_000_000;

		private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

		private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

		private final Map<Long, Long> allocated;

		private final long cpu;

		private final long start;

		Meter() {
			System.gc();
			this.allocated = allocated();
			this.cpu = this.system.getProcessCpuTime();
			this.start = System.nanoTime();
		}

		Cost cost(Instant firstEntry) {
			long nanos = System.nanoTime() - this.start;
			long spent = this.system.getProcessCpuTime() - this.cpu;
			Map<Long, Long> now = allocated();
			long bytes = now.entrySet()
				.stream()
				.mapToLong((thread) -> thread.getValue() - this.allocated.getOrDefault(thread.getKey(), 0L))
				.sum();
			return new Cost(nanos / NANOS, spent / NANOS, (double) bytes, firstEntry);
		}

		private Map<Long, Long> allocated() {
			long[] ids = this.threads.getAllThreadIds();
			long[] bytes = this.threads.getThreadAllocatedBytes(ids);
			Map<Long, Long> byThread = new HashMap<>();
			for (int i = 0; i < ids.length; i++) {
				byThread.put(ids[i], Math.max(0, bytes[i]));
			}
			return byThread;
		}

	}

}
