package io.github.tursospring.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Measures what this JVM does between two moments: in time, in CPU time of the process
 * (its compiler and collector included), and in bytes allocated by its threads.
 */
public final class Meter {

	private static final double NANOS = 1_000_000_000;

	private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

	private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	private final Map<Long, Long> allocatedBefore;

	private final long cpuBefore;

	private final long start;

	private Meter() {
		this.allocatedBefore = allocated();
		this.cpuBefore = this.system.getProcessCpuTime();
		this.start = System.nanoTime();
	}

	/**
	 * Start to measure, on a heap without garbage.
	 * @return the running meter
	 */
	public static Meter start() {
		System.gc();
		return new Meter();
	}

	/**
	 * Return the cost since the start.
	 * @param entries how many entries were read
	 * @param firstEntryMicros when the first one was there
	 * @return the cost
	 */
	public Cost stop(long entries, long firstEntryMicros) {
		long nanos = System.nanoTime() - this.start;
		long cpu = this.system.getProcessCpuTime() - this.cpuBefore;
		long allocated = 0;
		for (Map.Entry<Long, Long> thread : allocated().entrySet()) {
			allocated += thread.getValue() - this.allocatedBefore.getOrDefault(thread.getKey(), 0L);
		}
		return new Cost((double) nanos / NANOS, (double) cpu / NANOS, (double) allocated, entries, firstEntryMicros);
	}

	private Map<Long, Long> allocated() {
		long[] ids = this.threads.getAllThreadIds();
		long[] bytes = this.threads.getThreadAllocatedBytes(ids);
		Map<Long, Long> allocated = new HashMap<>();
		for (int i = 0; i < ids.length; i++) {
			allocated.put(ids[i], Math.max(0, bytes[i]));
		}
		return allocated;
	}

}
