package io.github.tursospring.benchmarks;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import io.github.tursospring.benchmarks.reader.Contender;
import io.github.tursospring.benchmarks.reader.Reader;
import io.github.tursospring.benchmarks.reader.Reading;
import io.github.tursospring.benchmarks.server.LogServer;

/**
 * The server and the contenders, each in a JVM of its own. A contender is started and
 * warmed up when it is first needed, and kept.
 */
final class Lab implements AutoCloseable {

	private static final String HEAP = "512m";

	private final Sizes sizes;

	private final Worker<LogServer> server;

	private final Map<Contender, Worker<Reader>> readers = new EnumMap<>(Contender.class);

	Lab(Sizes sizes) {
		this.sizes = sizes;
		int rows = sizes.mostRows();
		this.server = Worker.start("256m", () -> new LogServer(rows));
	}

	Sizes sizes() {
		return this.sizes;
	}

	Worker<LogServer> server() {
		return this.server;
	}

	String baseUrl() {
		return this.server.call(LogServer::baseUrl);
	}

	String open(int rows, Duration latency) {
		return this.server.call((logs) -> logs.open(rows, latency));
	}

	int requests(String log) {
		return this.server.call((logs) -> logs.requests(log));
	}

	Worker<Reader> start(Contender contender) {
		return this.readers.computeIfAbsent(contender, (key) -> {
			String baseUrl = baseUrl();
			Worker<Reader> reader = Worker.start(HEAP, () -> contender.create(baseUrl));
			Reading warmUp = new Reading(open(this.sizes.throughputRows(), Duration.ZERO), this.sizes.pageSize());
			for (int i = 0; i < this.sizes.warmUps(); i++) {
				reader.call((warm) -> Cost.of(warm, warmUp));
			}
			return reader;
		});
	}

	Cost read(Contender contender, Reading reading) {
		return start(contender).call((reader) -> Cost.of(reader, reading));
	}

	@Override
	public void close() {
		this.readers.values().forEach(Worker::close);
		this.server.close();
	}

}
