package io.github.tursospring.auditlog.internal.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLog;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuditLogEndpoint}: what it sends, to the letter, and what it makes of
 * a page.
 */
class AuditLogEndpointTests {

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	@Test
	void fetchShouldSendDocumentedRequest() {
		turso.answers(TursoServer.emptyPage());
		fetch(turso.endpoint(TursoServer.NO_RETRIES), "acme", 3, 250);
		LoggedRequest request = onlyRequest();
		assertThat(request.getMethod().getName()).isEqualTo("GET");
		assertThat(request.getUrl()).isEqualTo("/v1/organizations/acme/audit-logs?page=3&page_size=250");
		assertThat(request.getBody()).isEmpty();
	}

	@Test
	void fetchShouldSendKnownHeadersOnly() {
		turso.answers(TursoServer.emptyPage());
		fetch(turso.endpoint(TursoServer.NO_RETRIES), "acme", 1, 100);
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (HttpHeader header : onlyRequest().getHeaders().all()) {
			assertThat(header.values()).as(header.key()).hasSize(1);
			headers.put(header.key(), header.firstValue());
		}
		assertThat(headers).containsOnlyKeys("Accept", "Authorization", "Host", "User-Agent")
			.containsEntry("Accept", "application/json")
			.containsEntry("Authorization", "Bearer " + TursoServer.TOKEN)
			.containsEntry("Host", "localhost:" + turso.getPort());
	}

	@Test
	void fetchShouldKeepPathOfBaseUrl() {
		turso.stubFor(get(anyUrl()).willReturn(TursoServer.emptyPage()));
		String proxy = turso.baseUrl() + "/proxy/turso";
		fetch(TursoServer.endpoint(proxy, TursoServer.httpClient(), TursoServer.NO_RETRIES), "acme", 1, 100);
		assertThat(onlyRequest().getUrl())
			.isEqualTo("/proxy/turso/v1/organizations/acme/audit-logs?page=1&page_size=100");
	}

	@Test
	void fetchShouldEncodeOrganizationAsPathSegment() {
		StringBuilder url = new StringBuilder();
		WebClient webClient = WebClient.builder().baseUrl("https://api.turso.tech").exchangeFunction((request) -> {
			url.append(request.url());
			return Mono.just(ClientResponse.create(HttpStatus.OK).body("{\"audit_logs\":[]}").build());
		}).build();
		AuditLogEndpoint endpoint = new AuditLogEndpoint(webClient, TursoServer.TOKEN, TursoServer.NO_RETRIES, 1000);
		fetch(endpoint, "a/../b?c#d{e}%2F", 1, 1);
		assertThat(url).hasToString("https://api.turso.tech/v1/organizations/a%2F..%2Fb%3Fc%23d%7Be%7D%252F/audit-logs"
				+ "?page=1&page_size=1");
	}

	@Test
	void fetchShouldSendRequestForEachSubscription() {
		turso.answers(TursoServer.emptyPage());
		Mono<SourcePage> page = turso.endpoint(TursoServer.NO_RETRIES).of("acme").fetch(1, 100);
		assertThat(turso.requests()).isZero();
		StepVerifier.create(page).expectNextCount(1).expectComplete().verify(TursoServer.PATIENCE);
		StepVerifier.create(page).expectNextCount(1).expectComplete().verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(2);
	}

	@Test
	void fetchShouldReturnRowsInOrderOfServer() {
		turso.answers(okJson("""
				{"audit_logs": [{"code": "db-delete", "message": "", "origin": "web", "author": "jo",
				                 "created_at": "2023-12-20T09:46:09Z", "data": {"name": "db1"}},
				                {"code": "db-create", "message": "", "origin": "cli", "author": "iku",
				                 "created_at": "2023-12-20T09:46:08Z", "data": {}}],
				 "pagination": {"page": 2, "page_size": 2, "total_pages": 3, "total_rows": 6, "sort": "desc"}}"""));
		SourcePage page = fetch(turso.endpoint(TursoServer.NO_RETRIES), "acme", 2, 2);
		assertThat(page.rows()).extracting(AuditLog::author).containsExactly("jo", "iku");
		assertThat(page).isEqualTo(new SourcePage(page.rows(), 2, 2, 3, 6L, page.time()));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none",
			value = { "'Fri, 24 Nov 2023 10:00:00 GMT', 2023-11-24T10:00:00Z", "none, 2026-01-01T00:00:00Z",
					"yesterday, 2026-01-01T00:00:00Z", "'Fri, 01 Jan 2100 00:00:00 GMT', 2026-01-02T00:00:00Z" })
	void fetchShouldReturnTimeOfServerUpToADayAheadOrElseOfThisMachine(@Nullable String date, Instant expected) {
		ClientResponse.Builder answer = ClientResponse.create(HttpStatus.OK).body("{\"audit_logs\": []}");
		ClientResponse response = (date != null) ? answer.header("Date", date).build() : answer.build();
		Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
		EndpointSettings settings = new EndpointSettings(TursoServer.NO_RETRIES, 1 << 20, TursoServer.PATIENCE,
				System::nanoTime, clock);
		WebClient webClient = WebClient.builder().exchangeFunction((request) -> Mono.just(response)).build();
		AuditLogEndpoint endpoint = new AuditLogEndpoint(() -> webClient, TursoServer.TOKEN, settings);
		assertThat(fetch(endpoint, "acme", 1, 10).time()).isEqualTo(expected);
	}

	@Test
	void fetchWithDefaultHttpClientShouldReturnPage() {
		turso.answers(TursoServer.emptyPage());
		AuditLogEndpoint endpoint = turso.endpoint(HttpClient.create(), TursoServer.NO_RETRIES);
		assertThat(fetch(endpoint, "acme", 1, 10).rows()).isEmpty();
	}

	private static LoggedRequest onlyRequest() {
		assertThat(turso.requests()).isEqualTo(1);
		return turso.getAllServeEvents().get(0).getRequest();
	}

	private static SourcePage fetch(AuditLogEndpoint endpoint, String organization, int page, int pageSize) {
		SourcePage[] fetched = new SourcePage[1];
		StepVerifier.create(endpoint.of(organization).fetch(page, pageSize))
			.consumeNextWith((answer) -> fetched[0] = answer)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
		return fetched[0];
	}

}
