package io.github.tursospring.benchmarks.process;

import java.util.List;

import io.github.tursospring.benchmarks.measure.Cost;
import io.github.tursospring.benchmarks.reader.ReaderKind;
import io.github.tursospring.benchmarks.reader.Reading;

/**
 * A reader in its own process.
 */
public final class RemoteReader implements AutoCloseable {

	private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m");

	private final ChildJvm jvm;

	private RemoteReader(ChildJvm jvm) {
		this.jvm = jvm;
	}

	/**
	 * Start a reader.
	 * @param kind who reads
	 * @param baseUrl where the logs are
	 * @param concurrency requests at a time
	 * @return the reader
	 */
	public static RemoteReader start(ReaderKind kind, String baseUrl, int concurrency) {
		return new RemoteReader(
				ChildJvm.start(OPTIONS, ReaderProcess.class, kind.name(), baseUrl, String.valueOf(concurrency)));
	}

	/**
	 * Get ready to read.
	 * @param reading what
	 */
	public void prepare(Reading reading) {
		this.jvm.ask("prepare " + reading.toLine());
	}

	/**
	 * Read.
	 * @param reading what
	 * @return what it cost
	 */
	public Cost read(Reading reading) {
		return Cost.parse(this.jvm.ask("read " + reading.toLine()));
	}

	/**
	 * Read and remember which rows there were.
	 * @param reading what
	 */
	public void record(Reading reading) {
		this.jvm.ask("record " + reading.toLine());
	}

	/**
	 * Return how exactly the rows from one number to another were read.
	 * @param oldest the number of the oldest row, inclusive
	 * @param newest the number of the newest row, inclusive
	 * @return what was lost and repeated
	 */
	public Exactness check(long oldest, long newest) {
		return Exactness.parse(this.jvm.ask("check " + oldest + " " + newest));
	}

	@Override
	public void close() {
		this.jvm.close();
	}

}
