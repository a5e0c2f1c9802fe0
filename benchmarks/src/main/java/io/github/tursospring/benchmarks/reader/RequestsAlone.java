package io.github.tursospring.benchmarks.reader;

import java.util.function.Consumer;

import reactor.core.publisher.Flux;

/**
 * The limit of asking: the same requests, one after another, the bodies thrown away.
 */
final class RequestsAlone implements Reader {

	private final PageClient pages;

	private int count;

	RequestsAlone(PageClient pages) {
		this.pages = pages;
	}

	@Override
	public void prepare(Reading reading) {
		EntryPage first = this.pages.fetch(reading, 1).block();
		this.count = (first != null) ? first.pagination().totalPages() : 0;
	}

	@Override
	public void read(Reading reading, Consumer<String> messages) {
		Flux.range(1, this.count)
			.concatMap((page) -> this.pages.retrieve(reading, page).toBodilessEntity(), 0)
			.blockLast();
	}

}
