package io.github.tursospring.benchmarks.reader;

import java.util.function.Consumer;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.PagedResponseBase;
import reactor.core.publisher.Mono;

/**
 * Azure's paging over the same endpoint: the continuation token is the number of the next
 * page.
 */
final class PagedFluxReader implements Reader {

	private final PageClient pages;

	PagedFluxReader(PageClient pages) {
		this.pages = pages;
	}

	@Override
	public void read(Reading reading, Consumer<String> messages) {
		new PagedFlux<>(() -> fetch(reading, 1), (token) -> fetch(reading, Integer.parseInt(token)))
			.skipWhile((entry) -> reading.isBeyond(entry.createdAt()))
			.takeWhile((entry) -> reading.reaches(entry.createdAt()))
			.doOnNext((entry) -> messages.accept(entry.message()))
			.blockLast();
	}

	private Mono<PagedResponse<Entry>> fetch(Reading reading, int number) {
		return this.pages.fetch(reading, number)
			.map((page) -> new PagedResponseBase<Void, Entry>(new HttpRequest(HttpMethod.GET, "http://localhost"), 200,
					new HttpHeaders(), page.auditLogs(), page.hasNext() ? String.valueOf(page.next()) : null, null));
	}

}
