package io.github.tursospring.benchmarks.reader;

import java.util.function.Consumer;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * A blocking loop over the JDK's HTTP client, decoded to records by Jackson.
 */
final class RestClientReader implements Reader {

	private final RestClient restClient;

	RestClientReader(String baseUrl) {
		this.restClient = RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.baseUrl(baseUrl)
			.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer token")
			.build();
	}

	@Override
	public void read(Reading reading, Consumer<String> messages) {
		EntryPage page = fetch(reading, 1);
		while (take(page, reading, messages) && page.hasNext()) {
			page = fetch(reading, page.next());
		}
	}

	private static boolean take(EntryPage page, Reading reading, Consumer<String> messages) {
		for (Entry entry : page.auditLogs()) {
			if (!reading.reaches(entry.createdAt())) {
				return false;
			}
			if (!reading.isBeyond(entry.createdAt())) {
				messages.accept(entry.message());
			}
		}
		return true;
	}

	private EntryPage fetch(Reading reading, int page) {
		EntryPage answer = this.restClient.get()
			.uri("/v1/organizations/{organization}/audit-logs?page={page}&page_size={pageSize}", reading.log(), page,
					reading.pageSize())
			.retrieve()
			.body(EntryPage.class);
		if (answer == null) {
			throw new IllegalStateException("Page " + page + " is empty");
		}
		return answer;
	}

}
