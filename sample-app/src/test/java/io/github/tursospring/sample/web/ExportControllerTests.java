package io.github.tursospring.sample.web;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

import io.github.tursospring.sample.search.EntrySearch;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ExportController} without an archive.
 */
class ExportControllerTests {

	@ParameterizedTest
	@ValueSource(strings = { "csv", "ndjson", "json", "ocsf" })
	void exportWhenItsFirstPageFailsShouldBeAnErrorAndNoFile(String format) {
		EntrySearch entries = mock(EntrySearch.class);
		given(entries.pages(any(), any())).willReturn(Flux.error(new IllegalStateException("no database")));
		WebTestClient.bindToController(new ExportController(entries))
			.configureClient()
			.responseTimeout(Duration.ofSeconds(30))
			.build()
			.get()
			.uri("/api/export?format=" + format)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR)
			.expectHeader()
			.doesNotExist(HttpHeaders.CONTENT_DISPOSITION);
	}

}
