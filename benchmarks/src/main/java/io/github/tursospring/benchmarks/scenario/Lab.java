package io.github.tursospring.benchmarks.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.tursospring.benchmarks.Sizes;
import io.github.tursospring.benchmarks.process.RemoteReader;
import io.github.tursospring.benchmarks.process.RemoteServer;

/**
 * What the scenarios are run with: the server, and the readers, each in a process that is
 * started when it is first needed and kept for the scenarios after.
 */
public final class Lab implements AutoCloseable {

	private final Sizes sizes;

	private final RemoteServer server;

	private final Map<Contender, RemoteReader> readers = new LinkedHashMap<>();

	/**
	 * Create a new lab.
	 * @param sizes how large everything is
	 */
	public Lab(Sizes sizes) {
		this.sizes = sizes;
		this.server = RemoteServer.start(sizes.mostRows());
	}

	/**
	 * Return how large everything is.
	 * @return the sizes
	 */
	public Sizes sizes() {
		return this.sizes;
	}

	RemoteServer server() {
		return this.server;
	}

	RemoteReader reader(Contender contender) {
		return this.readers.computeIfAbsent(contender,
				(key) -> RemoteReader.start(key.kind(), this.server.baseUrl(), key.concurrency()));
	}

	@Override
	public void close() {
		this.readers.values().forEach(RemoteReader::close);
		this.server.close();
	}

}
