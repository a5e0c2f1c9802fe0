package io.github.tursospring.benchmarks.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.PagedResponseBase;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import io.github.tursospring.benchmarks.reader.PageClient.Entry;
import io.github.tursospring.benchmarks.reader.PageClient.Page;

/**
 * What users would write or pick instead of the library.
 */
public final class Peers {

	private Peers() {
	}

	static Reader webClient(PageClient pages) {
		return (reading, messages) -> pages.fetch(reading, 1)
			.expand((page) -> page.hasNext() ? pages.fetch(reading, page.next()) : Mono.empty())
			.flatMapIterable(Page::auditLogs)
			.doOnNext((entry) -> messages.accept(entry.message()))
			.blockLast();
	}

	static Reader webClient(PageClient pages, int concurrency) {
		return (reading, messages) -> pages.fetch(reading, 1)
			.flatMapMany((first) -> Flux.range(2, first.pagination().totalPages() - 1)
				.flatMapSequential((number) -> pages.fetch(reading, number), concurrency, 1)
				.startWith(first))
			.flatMapIterable(Page::auditLogs)
			.doOnNext((entry) -> messages.accept(entry.message()))
			.blockLast();
	}

	static Reader pagedFlux(PageClient pages) {
		return (reading,
				messages) -> new PagedFlux<>(() -> pages.fetch(reading, 1).map(Peers::azurePage),
						(token) -> pages.fetch(reading, Integer.parseInt(token)).map(Peers::azurePage))
					.doOnNext((entry) -> messages.accept(entry.message()))
					.blockLast();
	}

	private static PagedResponse<Entry> azurePage(Page page) {
		return new PagedResponseBase<Void, Entry>(new HttpRequest(HttpMethod.GET, "http://localhost"), 200,
				new HttpHeaders(), page.auditLogs(), page.hasNext() ? String.valueOf(page.next()) : null, null);
	}

	static Reader restClient(String baseUrl) {
		RestClient client = RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.baseUrl(baseUrl)
			.defaultHeader("Authorization", "Bearer token")
			.build();
		return (reading, messages) -> {
			Page page = fetch(client, reading, 1);
			page.auditLogs().forEach((entry) -> messages.accept(entry.message()));
			while (page.hasNext()) {
				page = fetch(client, reading, page.next());
				page.auditLogs().forEach((entry) -> messages.accept(entry.message()));
			}
		};
	}

	private static Page fetch(RestClient client, Reading reading, int page) {
		return Objects.requireNonNull(
				client.get().uri(PageClient.URI, reading.log(), page, reading.pageSize()).retrieve().body(Page.class));
	}

	/**
	 * Return a reader of a time range that reads from the newest entry down to it.
	 * @param baseUrl base URL of the server
	 * @return the reader
	 */
	public static Reader scanning(String baseUrl) {
		PageClient pages = new PageClient(baseUrl);
		return (reading, messages) -> range(pages, reading, new HashMap<>(), 1, messages);
	}

	/**
	 * Return a reader of a time range that bisects the numbers of the pages for the first
	 * page of the range.
	 * @param baseUrl base URL of the server
	 * @return the reader
	 */
	public static Reader bisecting(String baseUrl) {
		PageClient pages = new PageClient(baseUrl);
		return (reading, messages) -> {
			Map<Integer, Page> known = new HashMap<>();
			int low = 1;
			int high = page(pages, reading, known, 1).pagination().totalPages();
			while (low < high) {
				int middle = (low + high) / 2;
				List<Entry> entries = page(pages, reading, known, middle).auditLogs();
				if (reading.endsBefore(entries.get(entries.size() - 1).createdAt())) {
					low = middle + 1;
				}
				else {
					high = middle;
				}
			}
			range(pages, reading, known, low, messages);
		};
	}

	private static void range(PageClient pages, Reading reading, Map<Integer, Page> known, int first,
			Consumer<String> messages) {
		for (Page page = page(pages, reading, known, first);; page = page(pages, reading, known, page.next())) {
			for (Entry entry : page.auditLogs()) {
				if (!reading.reaches(entry.createdAt())) {
					return;
				}
				if (!reading.endsBefore(entry.createdAt())) {
					messages.accept(entry.message());
				}
			}
			if (!page.hasNext()) {
				return;
			}
		}
	}

	private static Page page(PageClient pages, Reading reading, Map<Integer, Page> known, int number) {
		return known.computeIfAbsent(number, (key) -> pages.fetch(reading, key).blockOptional().orElseThrow());
	}

}
