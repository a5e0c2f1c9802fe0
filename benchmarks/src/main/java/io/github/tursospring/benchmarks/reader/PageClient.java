package io.github.tursospring.benchmarks.reader;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.ResponseSpec;

/**
 * Requests pages with a WebClient and decodes them to records, as one does by hand.
 */
final class PageClient {

	static final String URI = "/v1/organizations/{organization}/audit-logs?page={page}&page_size={pageSize}";

	private static final int MAX_BYTES = 16 * 1024 * 1024;

	private final WebClient webClient;

	PageClient(String baseUrl) {
		this.webClient = WebClient.builder()
			.baseUrl(baseUrl)
			.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer token")
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
			.build();
	}

	Mono<Page> fetch(Reading reading, int page) {
		return retrieve(reading, page).bodyToMono(Page.class);
	}

	ResponseSpec retrieve(Reading reading, int page) {
		return this.webClient.get().uri(URI, reading.log(), page, reading.pageSize()).retrieve();
	}

	int totalPages(Reading reading) {
		return fetch(reading, 1).map((page) -> page.pagination().totalPages()).blockOptional().orElseThrow();
	}

	/**
	 * A page.
	 *
	 * @param auditLogs the entries
	 * @param pagination the page's place
	 */
	record Page(@JsonProperty("audit_logs") List<Entry> auditLogs, Pagination pagination) {

		boolean hasNext() {
			return this.pagination.page() < this.pagination.totalPages();
		}

		int next() {
			return this.pagination.page() + 1;
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Pagination(int page, @JsonProperty("total_pages") int totalPages) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Entry(String code, String message, String origin, String author,
			@JsonProperty("created_at") Instant createdAt, Map<String, Object> data, @Nullable String ip,
			@Nullable String city, @JsonProperty("country_code") @Nullable String countryCode,
			@Nullable String latitude, @Nullable String longitude) {
	}

}
