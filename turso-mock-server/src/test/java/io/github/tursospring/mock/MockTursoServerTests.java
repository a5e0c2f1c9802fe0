package io.github.tursospring.mock;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MockTursoServer}.
 */
class MockTursoServerTests {

	private final MockTursoServer server = MockTursoServer.start();

	private final TestClient client = new TestClient(this.server);

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void pageWhenLogIsEmptyShouldHaveNoRows() throws Exception {
		HttpResponse<String> response = this.client.send(this.client.logRequest(1, 10));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(response.body()).isEqualTo("{\"audit_logs\":[],\"pagination\":"
				+ "{\"page\":1,\"page_size\":10,\"total_pages\":0,\"total_rows\":0}}");
	}

	@Test
	void pageShouldHaveNewestFirst() throws Exception {
		this.server.log().addNumbered(5);
		assertThat(this.client.messages(1, 2)).containsExactly("5", "4");
		assertThat(this.client.messages(2, 2)).containsExactly("3", "2");
		assertThat(this.client.messages(3, 2)).containsExactly("1");
		assertThat(this.client.messages(4, 2)).isEmpty();
		assertThat(this.client.messages(999999999, 1000)).isEmpty();
		JsonNode pagination = this.client.page(2, 2).path("pagination");
		assertThat(pagination.toString()).isEqualTo("{\"page\":2,\"page_size\":2,\"total_pages\":3,\"total_rows\":5}");
	}

	@Test
	void rowShouldHaveDocumentedFields() throws Exception {
		this.server.log().add(MockEntry.numbered(10));
		assertThat(this.client.page(1, 1).path("audit_logs").path(0).toString())
			.isEqualTo("{\"code\":\"db-delete\",\"message\":\"10\",\"origin\":\"cli\",\"author\":\"iku\","
					+ "\"created_at\":\"2024-01-01T00:00:10Z\",\"data\":{}}");
	}

	@Test
	void pageWhenNoParametersShouldHaveDefaults() throws Exception {
		this.server.log().addNumbered(101);
		HttpResponse<String> response = this.client.get("/v1/organizations/acme/audit-logs");
		JsonNode page = MockEntry.JSON.readTree(response.body());
		assertThat(page.path("audit_logs").size()).isEqualTo(100);
		assertThat(page.path("pagination").path("page").asInt()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "page=0", "page=-1", "page=x", "page_size=0", "page_size=1e3", "page_size=" })
	void pageWhenParameterIsInvalidShouldBeBadRequest(String query) throws Exception {
		HttpResponse<String> response = this.client.get("/v1/organizations/acme/audit-logs?" + query);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).isEqualTo("{\"error\":\"page and page_size must be positive integers\"}");
	}

	@Test
	void requestWhenTokenIsWrongOrAbsentShouldBeUnauthorized() throws Exception {
		HttpRequest.Builder wrong = this.client.logRequest(1, 1).setHeader("Authorization", "Bearer other");
		assertThat(this.client.send(wrong).statusCode()).isEqualTo(401);
		HttpRequest.Builder absent = HttpRequest.newBuilder(this.client.logRequest(1, 1).build().uri());
		HttpResponse<String> response = this.client.send(absent);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).isEqualTo("{\"error\":\"token is invalid or expired\"}");
	}

	@Test
	void requestWhenOtherMethodOrPathShouldBeRefused() throws Exception {
		HttpRequest.Builder post = this.client.logRequest(1, 1).POST(HttpRequest.BodyPublishers.ofString("{}"));
		assertThat(this.client.send(post).statusCode()).isEqualTo(405);
		assertThat(this.client.get("/v1/organizations/other/audit-logs").statusCode()).isEqualTo(404);
		assertThat(this.client.get("/v1/v1/organizations/acme/audit-logs").statusCode()).isEqualTo(404);
	}

	@Test
	void validateShouldSayWhenTheTokenExpires() throws Exception {
		assertThat(this.client.get("/v1/auth/validate").body()).isEqualTo("{\"exp\":-1}");
	}

	@Test
	void organizationsShouldHaveTheirOwnLogs() throws Exception {
		try (MockTursoServer two = MockTursoServer.builder()
			.organization("first", (log) -> log.addNumbered(1))
			.organization("sec ond", (log) -> log.addNumbered(2))
			.token("t")
			.start()) {
			TestClient twoClient = new TestClient(two);
			assertThat(two.organization()).isEqualTo("first");
			assertThat(twoClient.messages(1, 10)).containsExactly("1");
			assertThat(twoClient.get("/v1/organizations/sec%20ond/audit-logs").body()).contains("\"total_rows\":2");
			assertThat(two.log("sec ond").size()).isEqualTo(2);
			assertThatIllegalArgumentException().isThrownBy(() -> two.log("third")).withMessageContaining("first");
		}
	}

	@Test
	void requestsShouldBeRecordedWithoutToken() throws Exception {
		Instant before = Instant.now();
		this.client.send(this.client.logRequest(3, 20));
		this.client.get("/v1/organizations/" + this.server.token() + "/audit-logs?page=" + this.server.token());
		List<MockRequest> requests = this.server.requests();
		assertThat(requests).hasSize(2).asString().doesNotContain(this.server.token());
		MockRequest first = requests.get(0);
		assertThat(first.method()).isEqualTo("GET");
		assertThat(first.path()).isEqualTo("/v1/organizations/acme/audit-logs");
		assertThat(first.parameter("page")).isEqualTo("3");
		assertThat(first.parameter("page_size")).isEqualTo("20");
		assertThat(first.parameter("per_page")).isNull();
		assertThat(first.hasHeader("Authorization")).isTrue();
		assertThat(first.hasHeader("X-Other")).isFalse();
		assertThat(first.time()).isBetween(before, Instant.now());
		this.server.clearRequests();
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	@Tag("slow")
	void requestsWhenManyShouldBeTheLastOnes() throws Exception {
		List<CompletableFuture<?>> responses = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			responses.add(this.client.sendAsync(this.client.logRequest(1, 1)));
			if (responses.size() == 50) {
				CompletableFuture.allOf(responses.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
				responses.clear();
			}
		}
		this.client.send(this.client.logRequest(2, 1));
		List<MockRequest> requests = this.server.requests();
		assertThat(requests).hasSize(10_000);
		assertThat(requests.get(9_999).parameter("page")).isEqualTo("2");
	}

	@Test
	void latencyShouldDelayWithoutBlocking() throws Exception {
		try (MockTursoServer slow = MockTursoServer.builder().latency(Duration.ofHours(1)).start()) {
			TestClient slowClient = new TestClient(slow);
			List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				responses.add(slowClient.sendAsync(slowClient.logRequest(1, 1)));
			}
			Awaitility.await().atMost(TestClient.TIMEOUT).until(() -> slow.requests().size() == 100);
			assertThat(responses).noneMatch(CompletableFuture::isDone);
		}
	}

	@Test
	void latencyShouldEnd() throws Exception {
		try (MockTursoServer slow = MockTursoServer.builder().latency(Duration.ofMillis(20)).start()) {
			TestClient slowClient = new TestClient(slow);
			assertThat(slowClient.sendAsync(slowClient.logRequest(1, 1)).get(30, TimeUnit.SECONDS).statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void resetShouldRestoreWhatTheBuilderSaid() throws Exception {
		try (MockTursoServer restored = MockTursoServer.builder()
			.organization("acme", (log) -> log.addNumbered(3).maxPageSize(2))
			.start()) {
			TestClient restoredClient = new TestClient(restored);
			restored.log()
				.addNumbered(5)
				.maxPageSize(7)
				.afterEachPage((log) -> log.addNumbered(1))
				.every(Duration.ofMillis(1), (log) -> log.addNumbered(1))
				.planWithoutAuditLogs()
				.enqueue(MockResponse.status(500));
			assertThat(restoredClient.send(restoredClient.logRequest(1, 1)).statusCode()).isEqualTo(500);
			assertThat(restoredClient.send(restoredClient.logRequest(1, 1)).statusCode()).isEqualTo(403);
			restored.reset();
			assertThat(restored.requests()).isEmpty();
			assertThat(restoredClient.messages(1, 10)).containsExactly("3", "2");
			assertThat(restoredClient.messages(1, 10)).containsExactly("3", "2");
		}
	}

	@Test
	void closeShouldEndThreadConnectionsAndSchedules() throws Exception {
		this.server.log().every(Duration.ofMillis(1), (log) -> log.addNumbered(1));
		this.client.send(this.client.logRequest(1, 1));
		this.server.enqueue(MockResponse.page().delay(Duration.ofDays(1)));
		CompletableFuture<HttpResponse<String>> pending = this.client.sendAsync(this.client.logRequest(1, 1));
		Awaitility.await().atMost(TestClient.TIMEOUT).until(() -> this.server.requests().size() == 2);
		assertThat(pending).isNotDone();
		List<Thread> threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("mock-turso"))
			.toList();
		assertThat(threads).hasSize(1);
		this.server.close();
		this.server.close();
		assertThat(threads.get(0).isAlive()).isFalse();
		int size = this.server.log().size();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> pending.get(30, TimeUnit.SECONDS))
			.withCauseInstanceOf(IOException.class);
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> this.client.send(this.client.logRequest(1, 1)));
		assertThat(this.server.log().size()).isEqualTo(size);
	}

	@Test
	void closeWhenBusyShouldLeaveNoPortOpen() {
		for (int i = 0; i < 100; i++) {
			MockTursoServer busy = MockTursoServer.start();
			busy.log().every(Duration.ofMillis(1), (log) -> log.addNumbered(1));
			Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> busy.log().size() > 2);
			busy.close();
			assertThatExceptionOfType(ConnectException.class)
				.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), busy.baseUrl().getPort()).close());
		}
	}

	@Test
	void logWhenChangedByManyThreadsShouldLoseNothing() throws Exception {
		List<CompletableFuture<?>> tasks = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			tasks.add(CompletableFuture.runAsync(() -> {
				for (int j = 0; j < 50; j++) {
					this.server.log().addNumbered(2);
				}
			}));
			for (int j = 0; j < 10; j++) {
				tasks.add(this.client.sendAsync(this.client.logRequest(1, 100)));
			}
		}
		for (CompletableFuture<?> task : tasks) {
			task.get(30, TimeUnit.SECONDS);
		}
		assertThat(this.server.requests()).hasSize(80);
		assertThat(this.server.log().size()).isEqualTo(800);
		assertThat(this.server.log().entries().get(0)).isEqualTo(MockEntry.numbered(800));
	}

	static void assertTimesOut(CompletableFuture<?> future) {
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(50, TimeUnit.MILLISECONDS));
	}

}
