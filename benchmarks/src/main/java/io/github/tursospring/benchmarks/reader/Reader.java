package io.github.tursospring.benchmarks.reader;

import java.util.function.Consumer;

/**
 * Something that reads a log.
 */
@FunctionalInterface
public interface Reader {

	/**
	 * Prepare to read, outside of what is measured.
	 * @param reading what will be read
	 */
	default void prepare(Reading reading) {
	}

	/**
	 * Read a log to its end.
	 * @param reading what to read
	 * @param messages takes the message of each entry
	 */
	void read(Reading reading, Consumer<String> messages);

}
