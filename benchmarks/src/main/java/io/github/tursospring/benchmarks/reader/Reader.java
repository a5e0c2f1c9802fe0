package io.github.tursospring.benchmarks.reader;

import java.util.function.Consumer;

/**
 * Someone who reads a log.
 */
public interface Reader {

	/**
	 * Get ready, outside of what is measured.
	 * @param reading what will be read
	 */
	default void prepare(Reading reading) {
	}

	/**
	 * Read a log, and return when it has been read.
	 * @param reading what to read
	 * @param messages takes the message of each entry, as a sign that the entry is there
	 */
	void read(Reading reading, Consumer<String> messages);

}
