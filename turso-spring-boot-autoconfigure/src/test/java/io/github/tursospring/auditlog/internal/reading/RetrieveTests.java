package io.github.tursospring.auditlog.internal.reading;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogNotFoundException;
import io.github.tursospring.auditlog.internal.DefaultAuditLogClient;
import io.github.tursospring.auditlog.internal.engine.PageRequest;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.http.RetryPolicy;
import io.github.tursospring.auditlog.internal.http.SourcePage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finds entries by their ids in a log of 5,000, through the client and its JSON, and
 * counts the requests.
 */
class RetrieveTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int MOST_REQUESTS = 18;

	private static final JsonMapper JSON = new JsonMapper();

	private final List<PageRequest> asked = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 17, 1249, 2499, 2500, 3333, 4899, 4900, 4997, 4998, 4999 })
	void retrieveWhenEntryIsAloneInItsSecondShouldFindIt(int index) {
		ModelLog log = ModelLog.still(5000);
		AuditLog entry = log.rows().get(index);
		StepVerifier.create(client(log, 100).retrieve(entry.id())).expectNext(entry).expectComplete().verify(TIMEOUT);
		assertThat(this.asked.size()).isLessThanOrEqualTo(MOST_REQUESTS);
	}

	@Test
	void retrieveWhenLogIsUnevenShouldFindEntriesAtAnyPageSize() {
		ModelLog log = uneven(5000);
		int most = 0;
		for (int pageSize : new int[] { 1, 10, 100, 1000 }) {
			for (int i = 0; i < log.size(); i += 99) {
				this.asked.clear();
				AuditLog entry = log.rows().get(i);
				assertThat(client(log, pageSize).retrieve(entry.id()).block(TIMEOUT)).isEqualTo(entry);
				assertThat(this.asked.size()).as("entry %s at page size %s", i, pageSize)
					.isLessThanOrEqualTo(MOST_REQUESTS);
				most = Math.max(most, this.asked.size());
			}
		}
		System.out.println("retrieve in 5,000 uneven entries: at most " + most + " requests");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1_600_000_000L, 1_700_000_001L, 1_700_005_001L, 1_700_009_999L, 99_999_999_999L })
	void retrieveWhenSecondHasNoEntryShouldNotFindIt(long second) {
		ModelLog log = everyOtherSecond(5000);
		assertNotFound(client(log, 100), second + "-" + "0".repeat(32));
		assertThat(this.asked).hasSizeLessThanOrEqualTo(MOST_REQUESTS);
	}

	@Test
	void retrieveWhenSecondHasOnlyOtherEntriesShouldNotFindIt() {
		ModelLog log = ModelLog.still(5000);
		assertNotFound(client(log, 100), "1700002500-" + "0".repeat(32));
		assertThat(this.asked).hasSizeBetween(1, MOST_REQUESTS);
	}

	@Test
	void retrieveWhenSecondIsWideShouldFindEntry() {
		ModelLog log = new ModelLog(new Random(3), 1000, true);
		for (int i = 0; i < 5000; i++) {
			log.insert(1_700_000_000L + i / 250);
		}
		for (int i = 0; i < log.size(); i += 333) {
			AuditLog entry = log.rows().get(i);
			assertThat(client(log, 100).retrieve(entry.id()).block(TIMEOUT)).isEqualTo(entry);
		}
	}

	@Test
	void retrieveWhenLogIsEmptyShouldNotFindItAfterOneRequest() {
		assertNotFound(client(ModelLog.still(0), 100), "1700002500-" + "0".repeat(32));
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void retrieveWhenServerSendsIdsShouldFindEachEntryByItsOwn() {
		List<AuditLog> rows = new ArrayList<>();
		for (int i = 9; i >= 0; i--) {
			rows.add(AuditLog.builder()
				.code("db-create")
				.author("author-" + i)
				.createdAt(Instant.ofEpochSecond(-20L + 10L * (i / 2)))
				.additional("id", "server-" + i)
				.build());
		}
		AuditLogClient client = client((page, size) -> page(rows, page, size), 4);
		for (AuditLog entry : rows) {
			assertThat(client.retrieve(entry.id()).block(TIMEOUT)).isEqualTo(entry);
			assertNotFound(client, String.valueOf(entry.additional().get("id")));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1700000000", "1700000000-xyz", "-", "../../x", "999999999999-00" })
	void retrieveWhenIdIsOfAnotherFormShouldNotFindItWithoutRequest(String id) {
		assertNotFound(client(ModelLog.still(10), 100), id);
		assertThat(this.asked).isEmpty();
	}

	private static void assertNotFound(AuditLogClient client, String id) {
		StepVerifier.create(client.retrieve(id)).expectErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(AuditLogNotFoundException.class);
			assertThat(ex.getMessage()).contains("'acme'").contains("'" + id + "'");
		}).verify(TIMEOUT);
	}

	private static SourcePage page(List<AuditLog> rows, int page, int size) {
		int from = Math.min((page - 1) * size, rows.size());
		return new SourcePage(rows.subList(from, Math.min(from + size, rows.size())), page, size,
				(rows.size() + size - 1) / size, (long) rows.size());
	}

	private AuditLogClient client(ModelLog log, int pageSize) {
		return client(log::answer, pageSize);
	}

	private AuditLogClient client(BiFunction<Integer, Integer, SourcePage> log, int pageSize) {
		WebClient webClient = WebClient.builder().baseUrl("https://turso.example").exchangeFunction((request) -> {
			PageRequest window = window(request.url());
			this.asked.add(window);
			return Mono.just(ClientResponse.create(HttpStatus.OK)
				.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
				.body(json(log.apply(window.page(), window.pageSize())))
				.build());
		}).build();
		RetryPolicy retries = new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO);
		AuditLogEndpoint endpoint = new AuditLogEndpoint(webClient, "token", retries, 1 << 20);
		return new DefaultAuditLogClient(endpoint, "acme", pageSize, 1,
				new FollowSettings(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(1)));
	}

	private static PageRequest window(URI url) {
		Map<String, String> parameters = UriComponentsBuilder.fromUri(url).build().getQueryParams().toSingleValueMap();
		return new PageRequest(Integer.parseInt(parameters.get("page")), Integer.parseInt(parameters.get("page_size")));
	}

	private static String json(SourcePage page) {
		return JSON.writeValueAsString(Map.of("audit_logs", page.rows(), "pagination", Map.of("page", page.page(),
				"page_size", page.pageSize(), "total_pages", page.totalPages(), "total_rows", page.totalRows())));
	}

	private static ModelLog everyOtherSecond(int rows) {
		ModelLog log = new ModelLog(new Random(0), 1000, false);
		for (int i = 0; i < rows; i++) {
			log.insert(1_700_000_000L + 2L * i);
		}
		return log;
	}

	private static ModelLog uneven(int rows) {
		Random random = new Random(7);
		ModelLog log = new ModelLog(random, 1000, false);
		Instant time = Instant.ofEpochSecond(1_700_000_000L);
		for (int i = 0; i < rows; i++) {
			log.insert(time.getEpochSecond());
			time = time.plusSeconds((random.nextInt(100) == 0) ? random.nextInt(1_000_000) : random.nextInt(3));
		}
		return log;
	}

}
