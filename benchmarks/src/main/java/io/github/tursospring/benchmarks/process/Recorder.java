package io.github.tursospring.benchmarks.process;

import java.util.BitSet;
import java.util.function.Consumer;

import io.github.tursospring.benchmarks.server.RowText;

/**
 * Remembers which rows were handed out.
 */
final class Recorder implements Consumer<String> {

	private final BitSet seen = new BitSet();

	private long emitted;

	private long repeated;

	private long disordered;

	private long last = Long.MAX_VALUE;

	@Override
	public void accept(String message) {
		int number = Math.toIntExact(RowText.number(message));
		this.emitted++;
		if (this.seen.get(number)) {
			this.repeated++;
		}
		if (number > this.last) {
			this.disordered++;
		}
		this.seen.set(number);
		this.last = number;
	}

	/**
	 * Return how exactly the rows from one number to another were read.
	 * @param oldest the number of the oldest row, inclusive
	 * @param newest the number of the newest row, inclusive
	 */
	Exactness check(int oldest, int newest) {
		int found = this.seen.get(oldest, newest + 1).cardinality();
		return new Exactness(this.emitted, newest + 1L - oldest - found, this.repeated, this.disordered);
	}

}
