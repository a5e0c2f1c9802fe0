package io.github.tursospring.mock;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MockLog} and {@link MockEntry}.
 */
class MockLogTests {

	private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.987Z");

	private final MockTursoServer server = MockTursoServer.start();

	private final MockLog log = this.server.log();

	private final TestClient client = new TestClient(this.server);

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void addShouldKeepWholeSecondsAndOrderByTime() throws Exception {
		this.log.add(entry("b", 10), entry("d", 30));
		this.log.add(entry("c", 20), entry("a", 0), entry("e", 30));
		assertThat(this.client.messages(1, 10)).containsExactly("e", "d", "c", "b", "a");
		assertThat(this.client.page(1, 1).path("audit_logs").path(0).path("created_at").asString())
			.isEqualTo("2026-01-01T00:00:30Z");
	}

	@Test
	void addWhenTimeIsAbsentOrInvalidShouldKeepThePlace() throws Exception {
		this.log.add(entry("a", 10), entry("b", 0).without("created_at"), entry("c", 0).with("created_at", "soon"),
				entry("d", 0).with("created_at", null));
		assertThat(this.client.messages(1, 10)).containsExactly("d", "c", "b", "a");
		JsonNode rows = this.client.page(1, 10).path("audit_logs");
		assertThat(rows.path(0).path("created_at").isNull()).isTrue();
		assertThat(rows.path(2).has("created_at")).isFalse();
	}

	@Test
	void entryShouldHoldAnyJson() throws Exception {
		this.log.add(
				MockEntry.of("db-create")
					.origin("web")
					.author("maya")
					.data(Map.of("database", Map.of("name", "orders", "tags", List.of("a", 1, true))))
					.with("ip", "192.0.2.1"),
				MockEntry.ofJson("{\"action\":\"x\",\"n\":1.50,\"deep\":[{\"null\":null}]}"));
		JsonNode rows = this.client.page(1, 2).path("audit_logs");
		assertThat(rows.path(0).toString()).isEqualTo("{\"action\":\"x\",\"n\":1.5,\"deep\":[{\"null\":null}]}");
		assertThat(rows.path(1).at("/data/database/tags/2").asBoolean()).isTrue();
		assertThat(rows.path(1).path("ip").asString()).isEqualTo("192.0.2.1");
		assertThat(rows.path(1).path("origin").asString()).isEqualTo("web");
	}

	@Test
	void maxPageSizeShouldCapAndSaySo() throws Exception {
		this.log.addNumbered(10).maxPageSize(3);
		JsonNode page = this.client.page(2, 1000);
		assertThat(page.path("audit_logs").size()).isEqualTo(3);
		assertThat(page.path("pagination").path("page_size").asInt()).isEqualTo(3);
		assertThat(page.path("pagination").path("total_pages").asInt()).isEqualTo(4);
		assertThatIllegalArgumentException().isThrownBy(() -> this.log.maxPageSize(0));
	}

	@Test
	void afterEachPageShouldGrowAndRemove() throws Exception {
		this.log.addNumbered(4).afterEachPage((grown) -> grown.addNumbered(1).removeOldest(2));
		assertThat(this.client.messages(1, 10)).containsExactly("4", "3", "2", "1");
		assertThat(this.client.messages(1, 10)).containsExactly("5", "4", "3");
		this.server.enqueue(MockResponse.status(500));
		this.client.send(this.client.logRequest(1, 10));
		assertThat(this.client.messages(1, 10)).containsExactly("6", "5");
	}

	@Test
	void everyShouldGrowByInterval() {
		this.log.every(Duration.ofMillis(5), (grown) -> grown.addNumbered(2));
		Awaitility.await().atMost(TestClient.TIMEOUT).until(() -> this.log.size() >= 20);
		assertThat(this.log.size() % 2).isZero();
	}

	@Test
	void everyWhenActionFailsShouldRunItAgain() {
		this.log.every(Duration.ofMillis(1), (grown) -> {
			grown.addNumbered(1);
			if (grown.size() == 1) {
				throw new IllegalStateException("Expected by the test");
			}
		});
		Awaitility.await().atMost(TestClient.TIMEOUT).until(() -> this.log.size() >= 3);
	}

	@Test
	void removeShouldTakeTheTail() {
		this.log.addNumbered(10).removeOldest(3);
		assertThat(this.log.entries()).hasSize(7).endsWith(MockEntry.numbered(4));
		this.log.removeBefore(Instant.parse("2024-01-01T00:00:06Z"));
		assertThat(this.log.entries()).hasSize(5).endsWith(MockEntry.numbered(6));
		this.log.removeOldest(100);
		assertThat(this.log.size()).isZero();
		this.log.addNumbered(1);
		assertThat(this.log.entries()).containsExactly(MockEntry.numbered(11));
	}

	@Test
	void shuffleTiesShouldReorderSecondsOnly() throws Exception {
		for (int i = 0; i < 60; i++) {
			this.log.add(entry(String.valueOf(i), i / 20));
		}
		this.log.shuffleTies(1);
		Set<List<String>> orders = new HashSet<>();
		for (int i = 0; i < 10; i++) {
			List<String> messages = this.client.messages(1, 60);
			orders.add(messages);
			assertThat(messages).doesNotHaveDuplicates().hasSize(60);
			assertThat(messages.stream().map((message) -> Integer.parseInt(message) / 20).toList())
				.isSortedAccordingTo((first, second) -> second - first);
		}
		assertThat(orders).hasSizeGreaterThan(5);
		// A page inside a second shows any of that second's rows
		Set<String> shown = new HashSet<>();
		for (int i = 0; i < 50; i++) {
			shown.addAll(this.client.messages(6, 5));
		}
		assertThat(shown).hasSize(20).contains("20", "39").doesNotContain("19", "40");
		assertThat(this.client.messages(13, 5)).isEmpty();
	}

	@Test
	void planWithoutAuditLogsShouldRefuseWithItsCode() throws Exception {
		this.log.planWithoutAuditLogs();
		HttpResponse<String> response = this.client.send(this.client.logRequest(1, 1));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("\"code\":\"feature_not_available_for_starter_plan\"");
		this.log.respond(MockResponse.page());
		assertThat(this.client.send(this.client.logRequest(1, 1)).statusCode()).isEqualTo(200);
	}

	private static MockEntry entry(String message, int second) {
		return MockEntry.of("db-create").message(message).createdAt(TIME.plusSeconds(second));
	}

}
