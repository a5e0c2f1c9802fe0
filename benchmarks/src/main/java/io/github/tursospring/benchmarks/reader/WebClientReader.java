package io.github.tursospring.benchmarks.reader;

import java.util.function.Consumer;

import reactor.core.publisher.Mono;

/**
 * What one writes by hand: page after page with {@code expand}, decoded to records.
 */
final class WebClientReader implements Reader {

	private final PageClient pages;

	WebClientReader(PageClient pages) {
		this.pages = pages;
	}

	@Override
	public void read(Reading reading, Consumer<String> messages) {
		this.pages.fetch(reading, 1)
			.expand((page) -> page.hasNext() ? this.pages.fetch(reading, page.next()) : Mono.empty())
			.flatMapIterable(EntryPage::auditLogs)
			.skipWhile((entry) -> reading.isBeyond(entry.createdAt()))
			.takeWhile((entry) -> reading.reaches(entry.createdAt()))
			.doOnNext((entry) -> messages.accept(entry.message()))
			.blockLast();
	}

}
