package io.github.tursospring.benchmarks.reader;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.ResponseSpec;

/**
 * Asks for pages with a WebClient, as the peers that are reactive do.
 */
final class PageClient {

	private static final int MAX_BYTES = 16 * 1024 * 1024;

	private final WebClient webClient;

	PageClient(String baseUrl) {
		this.webClient = WebClient.builder()
			.baseUrl(baseUrl)
			.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer token")
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
			.build();
	}

	Mono<EntryPage> fetch(Reading reading, int page) {
		return retrieve(reading, page).bodyToMono(EntryPage.class);
	}

	ResponseSpec retrieve(Reading reading, int page) {
		return this.webClient.get()
			.uri("/v1/organizations/{organization}/audit-logs?page={page}&page_size={pageSize}", reading.log(), page,
					reading.pageSize())
			.retrieve();
	}

}
