package io.github.tursospring.benchmarks.process;

/**
 * How exactly a log was read.
 *
 * @param emitted how many entries were handed out
 * @param lost how many were not that should have been
 * @param repeated how many were handed out again
 * @param disordered how many came after an older one
 */
public record Exactness(long emitted, long lost, long repeated, long disordered) {

	/** As a line. */
	String toLine() {
		return this.emitted + " " + this.lost + " " + this.repeated + " " + this.disordered;
	}

	static Exactness parse(String line) {
		String[] words = line.split(" ", -1);
		return new Exactness(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]),
				Long.parseLong(words[3]));
	}

}
