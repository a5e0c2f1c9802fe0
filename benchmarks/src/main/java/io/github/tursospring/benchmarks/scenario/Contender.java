package io.github.tursospring.benchmarks.scenario;

import java.util.List;

import io.github.tursospring.benchmarks.reader.ReaderKind;

/**
 * Who takes part in a scenario.
 *
 * @param kind who reads
 * @param concurrency requests at a time
 */
record Contender(ReaderKind kind, int concurrency) {

	static final Contender LIBRARY = of(ReaderKind.LIBRARY);

	static final Contender LIBRARY_CONCURRENTLY = new Contender(ReaderKind.LIBRARY, 8);

	/** What users would write or pick instead. */
	static final List<Contender> PEERS = List.of(of(ReaderKind.WEB_CLIENT), of(ReaderKind.REST_CLIENT),
			of(ReaderKind.PAGED_FLUX));

	static Contender of(ReaderKind kind) {
		return new Contender(kind, 1);
	}

	String title() {
		return this.kind.title() + ((this.concurrency > 1) ? ", concurrency " + this.concurrency : "");
	}

}
