package io.github.tursospring.sample.web;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockResponse;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.sample.RunningConsole;
import io.github.tursospring.sample.archive.Archive;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the HTTP API, on an archive of hostile, identical and plain entries.
 */
class ApiTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final int ENTRIES = 30;

	@TempDir
	private static Path directory;

	private static MockTursoServer turso;

	private static RunningConsole console;

	@BeforeAll
	static void start() {
		turso = MockTursoServer.builder().organization("acme", (log) -> {
			for (int i = 0; i < ENTRIES - 5; i++) {
				log.add(MockEntry.of((i % 2 == 0) ? "db-create" : "db-delete")
					.author((i % 3 == 0) ? "maya" : "iku")
					.origin("cli")
					.message("Database orders-" + i)
					.data(Map.of("database", "orders"))
					.createdAt(START.plusSeconds(i)));
			}
			MockEntry twice = MockEntry.of("twice").message("the same").createdAt(START.plusSeconds(40));
			log.add(twice, twice);
			log.add(MockEntry.of("big").message("x".repeat(1_000_000)).createdAt(START.plusSeconds(50)));
			log.add(MockEntry.of("<script>alert(1)</script>")
				.author("\u202Eevil\0\uD800")
				.message("=1+1\r\nSet-Cookie: a=b")
				.createdAt(START.plusSeconds(60)));
			log.add(MockEntry.of("deep").data(Map.of("text", "y".repeat(30_000))).createdAt(START.plusSeconds(70)));
		}).start();
		console = RunningConsole.start(turso, directory).awaitArchived(ENTRIES);
	}

	@AfterAll
	static void close() {
		console.close();
		turso.close();
	}

	@Test
	void entriesShouldComeNewestFirstPageByPage() {
		List<Long> sequences = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = console.get("/api/entries?limit=7" + cursor);
			page.get("entries").forEach((entry) -> sequences.add(entry.get("sequence").longValue()));
			assertThat(page.get("newestSequence").longValue()).isGreaterThanOrEqualTo(ENTRIES);
			cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").stringValue();
		}
		while (cursor != null);
		assertThat(sequences).doesNotHaveDuplicates().contains(1L, (long) ENTRIES);
		assertThat(sequences.get(sequences.size() - 1)).isEqualTo(1);
	}

	/** A time that was not set, as servers in Go write it, and one with a wrong year. */
	@ParameterizedTest
	@Tag("slow")
	@ValueSource(strings = { "0001-01-01T00:00:00Z", "2620-01-01T00:00:00Z" })
	void histogramOfAllShouldCountAnEntryOfAnotherEra(Instant time, @TempDir Path other) {
		try (MockTursoServer log = MockTursoServer.builder()
			.organization("acme",
					(entries) -> entries.add(MockEntry.of("db-create").createdAt(time))
						.add(MockEntry.of("db-create").createdAt(START)))
			.start(); RunningConsole archived = RunningConsole.start(log, other).awaitArchived(2)) {
			assertThat(archived.get("/api/histogram").get("total").longValue()).isEqualTo(2);
		}
	}

	@Test
	void largeEntriesShouldBeCutInListsAndCompleteByThemselves() {
		JsonNode big = console.get("/api/entries?code=big").at("/entries/0");
		assertThat(big.get("message").stringValue()).hasSize(2000);
		assertThat(big.get("cut").booleanValue()).isTrue();
		JsonNode deep = console.get("/api/entries?code=deep").at("/entries/0");
		assertThat(deep.get("data")).isEmpty();
		assertThat(deep.get("cut").booleanValue()).isTrue();
		JsonNode complete = entry(big.get("id").stringValue());
		assertThat(complete.at("/entry/message").stringValue()).hasSize(1_000_000);
		assertThat(complete.at("/entry/cut").isMissingNode()).isTrue();
		assertThat(entry(deep.get("id").stringValue()).at("/entry/data/text").stringValue()).hasSize(30_000);
	}

	@Test
	void entryShouldComeWithSurroundings() {
		JsonNode maya = console.get("/api/entries?author=maya&to=2026-01-01T00:00:13Z&limit=1").at("/entries/0");
		JsonNode details = entry(maya.get("id").stringValue());
		assertThat(messages(details.get("before"))).hasSize(10).last().isEqualTo("Database orders-11");
		assertThat(messages(details.get("after"))).hasSize(10).first().isEqualTo("Database orders-13");
		assertThat(messages(details.get("sameAuthor"))).doesNotContain("Database orders-12")
			.containsSubsequence("Database orders-24", "Database orders-21", "Database orders-18", "Database orders-15",
					"Database orders-9");
		assertThat(messages(details.get("sameResource"))).hasSize(10).doesNotContain("Database orders-12");
		assertThat(details.at("/entry/occurrences").intValue()).isOne();
		JsonNode twice = console.get("/api/entries?code=twice");
		assertThat(twice.get("entries")).hasSize(2);
		assertThat(entry(twice.at("/entries/0/id").stringValue()).at("/entry/occurrences").intValue()).isEqualTo(2);
	}

	@Test
	void hostileTextShouldBeText() throws Exception {
		JsonNode hostile = console.get("/api/entries?text=set-cookie").at("/entries/0");
		assertThat(hostile.get("code").stringValue()).isEqualTo("<script>alert(1)</script>");
		HttpResponse<String> csv = send("/api/export?text=set-cookie");
		assertThat(csv.body()).contains("'=1+1").doesNotContain("\0");
		assertThat(csv.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(csv.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment;");
	}

	@Test
	void exportShouldHoldEveryEntryOnce() throws Exception {
		assertThat(send("/api/export?format=ndjson&code=db-create&code=db-delete").body()
			.lines()
			.map((line) -> JsonMapper.shared().readTree(line).get("message").stringValue())).hasSize(ENTRIES - 5)
			.startsWith("Database orders-0", "Database orders-1")
			.doesNotHaveDuplicates();
		assertThat(JsonMapper.shared().readTree(send("/api/export?format=json&code=nothing").body())).isEmpty();
		assertThat(send("/api/export?format=csv&code=nothing").body().lines()).hasSize(1);
		assertThat(send("/api/export?format=ocsf").body().lines()).hasSizeGreaterThanOrEqualTo(ENTRIES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/entries?foo=1", "/api/entries?text=a%00b", "/api/entries?author=%00",
			"/api/entries?limit=0", "/api/entries?limit=1001", "/api/entries?limit=x", "/api/entries?cursor=x",
			"/api/entries?cursor=%3F", "/api/entries?from=yesterday",
			"/api/entries?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "/api/entries?text=a&text=b",
			"/api/entries?kind=none", "/api/entries?notKind=none", "/audit-logs?order=newest",
			"/api/entries?organization=..%2F..", "/api/histogram?unit=minute",
			"/api/histogram?unit=hour&from=1990-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "/api/facets?limit=1",
			"/api/gaps", "/api/seals", "/api/export?format=xml", "/api/live?after=-1", "/api/live?after=x",
			"/audit-logs?foo=1", "/audit-logs?limit=0", "/audit-logs?from=x", "/api/entries/acme/x",
			"/api/entries/acme/1-" })
	void malformedRequestsShouldBeRefused(String path) throws Exception {
		HttpResponse<String> response = send(path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).doesNotContain("Exception", "select ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-1", "1,2", "1.5", "9223372036854775808", "<script>", "../1" })
	void forgedEventIdsShouldBeRefused(String id) throws Exception {
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(console.url() + "/api/live"))
				.header("Last-Event-ID", id)
				.timeout(TIMEOUT)
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
	}

	@Test
	void overlongValuesShouldBeRefusedAsBadRequests() throws Exception {
		assertThat(send("/api/entries/acme/" + "1".repeat(20_000)).statusCode()).isEqualTo(400);
		assertThat(send("/api/entries?text=" + "x".repeat(2000)).statusCode()).isEqualTo(400);
		assertThat(send("/api/entries/acme/1767225600-" + "0".repeat(32)).statusCode()).isEqualTo(404);
	}

	@Test
	void liveShouldResumeExactlyAfterAnyEntry() {
		long head = console.bean(Archive.class).head();
		turso.log().add(MockEntry.of("live").message("live 1").author("maya"), MockEntry.of("live").message("live 2"));
		StepVerifier
			.create(live("/api/live?after=" + (ENTRIES - 2)).map((event) -> event.data().get("sequence").longValue())
				.take(head - ENTRIES + 4))
			.recordWith(ArrayList::new)
			.thenConsumeWhile((sequence) -> true)
			.consumeRecordedWith((sequences) -> assertThat(List.copyOf(sequences)).isSorted()
				.doesNotHaveDuplicates()
				.startsWith((long) ENTRIES - 1)
				.hasSize((int) (head - ENTRIES + 4)))
			.expectComplete()
			.verify(TIMEOUT);
		StepVerifier
			.create(live("/api/live?author=maya&after=" + (ENTRIES - 1))
				.map((event) -> event.data().get("message").stringValue())
				.take(1))
			.expectNext("live 1")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void liveWhenBrowserReconnectsShouldResumeAfterLastEvent() {
		StepVerifier.create(console.web()
			.get()
			.uri("/api/live?after=0")
			.header("Last-Event-ID", "7")
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<JsonNode>>() {
			})
			.filter((event) -> "entry".equals(event.event()))
			.mapNotNull(ServerSentEvent::id)
			.take(2)).expectNext("8", "9").expectComplete().verify(TIMEOUT);
	}

	@Test
	void liveShouldTellTheStatusAtOnce() {
		StepVerifier.create(console.web()
			.get()
			.uri("/api/live")
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<JsonNode>>() {
			})
			.filter((event) -> "status".equals(event.event()))
			.next()).assertNext((event) -> {
				assertThat(event.data().at("/follower/state").stringValue()).isEqualTo("leading");
				assertThat(event.data().at("/organizations/0/catchingUp").booleanValue()).isFalse();
				assertThat(event.data().get("turso").stringValue()).isEqualTo("UP");
			}).expectComplete().verify(TIMEOUT);
	}

	@Test
	void streamThatFailsShouldBeCutAndOneThatCannotStartBeAProblem() throws Exception {
		turso.log().respondWhen((request) -> "100".equals(request.parameter("page_size")), MockResponse.status(403));
		try {
			HttpResponse<String> response = send("/audit-logs");
			assertThat(response.statusCode()).isEqualTo(502);
			assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		}
		finally {
			turso.log().respond(MockResponse.page());
		}
		assertThat(send("/audit-logs?order=asc&limit=3&code=db-create").body()).contains("orders-0", "orders-4")
			.doesNotContain("orders-6");
	}

	private static Flux<ServerSentEvent<JsonNode>> live(String path) {
		return console.web()
			.get()
			.uri(path)
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<JsonNode>>() {
			})
			.filter((event) -> "entry".equals(event.event()))
			.doOnNext((event) -> assertThat(event.id()).isEqualTo(event.data().get("sequence").toString()));
	}

	private static List<String> messages(JsonNode entries) {
		return StreamSupport.stream(entries.spliterator(), false)
			.map((entry) -> entry.get("message").stringValue())
			.toList();
	}

	private static JsonNode entry(String id) {
		return console.get("/api/entries/acme/" + id);
	}

	private static HttpResponse<String> send(String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(console.url() + path)).timeout(TIMEOUT).build(),
					HttpResponse.BodyHandlers.ofString());
	}

}
