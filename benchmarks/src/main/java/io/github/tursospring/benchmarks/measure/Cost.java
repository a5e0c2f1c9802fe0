package io.github.tursospring.benchmarks.measure;

/**
 * What one reading has cost.
 *
 * @param seconds the time on the clock
 * @param cpuSeconds the CPU time of the reader's process
 * @param allocatedBytes the bytes that its threads allocated on the heap
 * @param entries how many entries were read
 * @param firstEntryMicros when the first one was there, in microseconds since 1970
 */
public record Cost(double seconds, double cpuSeconds, double allocatedBytes, long entries, long firstEntryMicros) {

	/** As a line. */
	public String toLine() {
		return this.seconds + " " + this.cpuSeconds + " " + this.allocatedBytes + " " + this.entries + " "
				+ this.firstEntryMicros;
	}

	/**
	 * Return what a line says.
	 * @param line the line
	 * @return the cost
	 */
	public static Cost parse(String line) {
		String[] words = line.split(" ", -1);
		return new Cost(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]),
				Long.parseLong(words[3]), Long.parseLong(words[4]));
	}

}
