package io.github.tursospring.sample.turso;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EmbeddedTursoApi}: what is known of Turso's API, over HTTP.
 */
class EmbeddedTursoApiTests {

	private static final String AUDIT_LOGS = "/v1/organizations/acme/audit-logs";

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper jsonMapper = new JsonMapper();

	private EmbeddedTursoApi api = EmbeddedTursoApi.builder().start();

	@AfterEach
	void close() {
		this.api.close();
	}

	@Test
	void answersAsDocumented() throws Exception {
		start(List.of(new LogEntry("db-create", "made", "cli", "iku", Instant.parse("2023-12-20T09:46:08.789Z"),
				Map.of("database", Map.of("name", "orders")), null)));
		HttpResponse<String> response = get(AUDIT_LOGS + "?page=1&page_size=10");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(this.jsonMapper.readTree(response.body())).isEqualTo(this.jsonMapper.readTree("""
				{"audit_logs": [{"code": "db-create", "message": "made", "origin": "cli", "author": "iku",
				                 "created_at": "2023-12-20T09:46:08Z", "data": {"database": {"name": "orders"}}}],
				 "pagination": {"page": 1, "page_size": 10, "total_pages": 1, "total_rows": 1}}
				"""));
	}

	@Test
	void answersLocationAsStrings() throws Exception {
		start(List.of(new LogEntry("db-create", "", "cli", "iku", Instant.EPOCH, Map.of(),
				new LogEntry.Location("Berlin", "DE", "52.5200", "13.4050", "192.0.2.17"))));
		assertThat(page("").at("/audit_logs/0")).isEqualTo(this.jsonMapper.readTree("""
				{"code": "db-create", "message": "", "origin": "cli", "author": "iku",
				 "created_at": "1970-01-01T00:00:00Z", "data": {},
				 "city": "Berlin", "country_code": "DE", "latitude": "52.5200", "longitude": "13.4050",
				 "ip": "192.0.2.17"}
				"""));
	}

	@Test
	void listsNewestFirst() throws Exception {
		start(NumberedEntries.newestFirst(250));
		assertThat(messages(page(""))).isEqualTo(numbers(250, 151));
		assertThat(messages(page("?page=2"))).isEqualTo(numbers(150, 51));
		assertThat(messages(page("?page=3"))).isEqualTo(numbers(50, 1));
	}

	@Test
	void sortsByTimeAndKeepsTheOrderWithinASecond() throws Exception {
		start(List.of(NumberedEntries.entryAt(1, "second"), NumberedEntries.entryAt(2, "first"),
				NumberedEntries.entryAt(1, "third")));
		assertThat(messages(page(""))).containsExactly("first", "second", "third");
	}

	@Test
	void answersHundredRowsUnlessToldOtherwise() throws Exception {
		start(NumberedEntries.newestFirst(250));
		assertPagination(page(""), 1, 100, 3, 250);
	}

	@Test
	void answersTheWindowAskedFor() throws Exception {
		start(NumberedEntries.newestFirst(250));
		JsonNode page = page("?page=36&page_size=7");
		assertPagination(page, 36, 7, 36, 250);
		assertThat(messages(page)).isEqualTo(numbers(5, 1));
	}

	@Test
	void clampsPageSizeAndSaysSo() throws Exception {
		start(NumberedEntries.newestFirst(2500));
		JsonNode page = page("?page_size=5000");
		assertPagination(page, 1, 1000, 3, 2500);
		assertThat(messages(page)).hasSize(1000);
	}

	@Test
	void answersAnEmptyPageBeyondTheEnd() throws Exception {
		start(NumberedEntries.newestFirst(10));
		JsonNode page = page("?page=999999999&page_size=1000");
		assertPagination(page, 999999999, 1000, 1, 10);
		assertThat(messages(page)).isEmpty();
	}

	@Test
	void answersAnEmptyLog() throws Exception {
		JsonNode page = page("");
		assertPagination(page, 1, 100, 0, 0);
		assertThat(page.get("audit_logs").isArray()).isTrue();
		assertThat(messages(page)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "page=0", "page=-1", "page=two", "page=", "page=9999999999", "page_size=0", "page_size=-5",
			"page_size=1.5" })
	void refusesBadPages(String query) throws Exception {
		HttpResponse<String> response = get(AUDIT_LOGS + "?" + query);
		assertError(response, 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer wrong", "bearer", "Basic dTpw", "" })
	void refusesWrongTokens(String authorization) throws Exception {
		assertError(get(AUDIT_LOGS, authorization), 401);
		assertError(get("/v1/auth/validate", authorization), 401);
	}

	@Test
	void refusesMissingToken() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(this.api.baseUrl().resolve(AUDIT_LOGS)).build();
		assertError(this.http.send(request, BodyHandlers.ofString()), 401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/organizations/other/audit-logs", "/v1/v1/organizations/acme/audit-logs",
			"/v1/organizations/acme/audit-logs/", "/v1/organizations", "/" })
	void knowsNoOtherOrganizationOrEndpoint(String path) throws Exception {
		assertError(get(path), 404);
	}

	@Test
	void validatesToken() throws Exception {
		HttpResponse<String> response = get("/v1/auth/validate");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"exp\":-1}");
	}

	@Test
	void appendsAtTheHead() throws Exception {
		start(NumberedEntries.newestFirst(3));
		this.api.append(NumberedEntries.entry(4), NumberedEntries.entry(5));
		JsonNode page = page("?page_size=2");
		assertPagination(page, 1, 2, 3, 5);
		assertThat(messages(page)).containsExactly("5", "4");
		assertThat(messages(page("?page=2&page_size=2"))).containsExactly("3", "2");
	}

	@Test
	void putsLateEntriesBelowNewerOnes() throws Exception {
		start(NumberedEntries.newestFirst(3));
		this.api.append(NumberedEntries.entryAt(2, "late"));
		assertThat(messages(page(""))).containsExactly("3", "late", "2", "1");
	}

	@Test
	void countsRequests() throws Exception {
		assertThat(this.api.requests()).isZero();
		page("");
		get("/nowhere");
		get(AUDIT_LOGS, "Bearer wrong");
		assertThat(this.api.requests()).isEqualTo(3);
	}

	@Test
	void servesHundredsOfThousandsOfEntries() throws Exception {
		start(NumberedEntries.newestFirst(300_000));
		for (int page = 1; page <= 300; page++) {
			assertThat(messages(page("?page_size=1000&page=" + page))).hasSize(1000)
				.startsWith(String.valueOf(300_000 - (page - 1) * 1000));
		}
	}

	@Test
	void servesOtherOrganizationAndToken() throws Exception {
		this.api.close();
		this.api = EmbeddedTursoApi.builder().organization("other").token("secret").start();
		assertThat(get("/v1/organizations/other/audit-logs", "Bearer secret").statusCode()).isEqualTo(200);
		assertError(get(AUDIT_LOGS, "Bearer secret"), 404);
	}

	@Test
	void isGoneWhenClosed() {
		URI baseUrl = this.api.baseUrl();
		this.api.close();
		HttpRequest request = HttpRequest.newBuilder(baseUrl).build();
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> this.http.send(request, BodyHandlers.ofString()));
	}

	private void start(List<LogEntry> newestFirst) {
		this.api.close();
		this.api = EmbeddedTursoApi.builder().entries(newestFirst).start();
	}

	private JsonNode page(String query) throws Exception {
		HttpResponse<String> response = get(AUDIT_LOGS + query);
		assertThat(response.statusCode()).isEqualTo(200);
		return this.jsonMapper.readTree(response.body());
	}

	private HttpResponse<String> get(String path) throws Exception {
		return get(path, "Bearer " + this.api.token());
	}

	private HttpResponse<String> get(String path, String authorization) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.api.baseUrl() + path))
			.header("Authorization", authorization)
			.build();
		return this.http.send(request, BodyHandlers.ofString());
	}

	private static void assertPagination(JsonNode page, int number, int size, int pages, int rows) {
		JsonNode pagination = page.get("pagination");
		assertThat(pagination.propertyNames()).containsExactly("page", "page_size", "total_pages", "total_rows");
		assertThat(pagination.get("page").intValue()).isEqualTo(number);
		assertThat(pagination.get("page_size").intValue()).isEqualTo(size);
		assertThat(pagination.get("total_pages").intValue()).isEqualTo(pages);
		assertThat(pagination.get("total_rows").intValue()).isEqualTo(rows);
	}

	private void assertError(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(this.jsonMapper.readTree(response.body()).get("error").stringValue()).isNotEmpty();
	}

	private static List<String> messages(JsonNode page) {
		List<String> messages = new ArrayList<>();
		page.get("audit_logs").forEach((entry) -> messages.add(entry.get("message").stringValue()));
		return messages;
	}

	private static List<String> numbers(int from, int downTo) {
		return IntStream.rangeClosed(downTo, from).mapToObj((i) -> String.valueOf(from + downTo - i)).toList();
	}

}
