package com.example.servlet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.observation.AuditLogMeterDocumentation;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.test.autoconfigure.AutoConfigureMockTurso;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Spring MVC application on virtual threads that reads the audit log by blocking, with
 * Actuator and Prometheus: over HTTP, as its users see it. Virtual threads are those of
 * JDK 21 and later; on an older one the property has no effect, and the same holds on
 * platform threads.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.threads.virtual.enabled=true", "server.address=127.0.0.1",
				"management.endpoints.web.exposure.include=health,prometheus",
				"turso.audit-logs.follow.poll-interval=100ms" })
@AutoConfigureMockTurso
@Tag("slow")
class ServletApplicationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int ROWS = 2000;

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private ServletApplication.StreamRecorder recorder;

	@Autowired
	private MockTursoServer turso;

	@Test
	void deletionsShouldBeReadByBlocking() {
		JsonNode deletions = json(get("/deletions?limit=25"));
		assertThat(deletions.valueStream().map((entry) -> entry.get("message").stringValue()))
			.containsExactlyElementsOf(
					IntStream.range(0, 25).mapToObj((place) -> Integer.toString(ROWS - 10 * place)).toList());
	}

	@Test
	void entryShouldBeRetrievedByBlocking() {
		String id = json(get("/deletions?limit=1")).get(0).get("id").stringValue();
		assertThat(json(get("/entries/" + id)).get("message").stringValue()).isEqualTo(Integer.toString(ROWS));
		HttpResponse<String> missing = get("/entries/1700000000-00000000000000000000000000000000");
		assertThat(missing.statusCode()).isEqualTo(404);
		assertThat(missing.body()).contains("has no entry of id");
	}

	@Test
	void closeOfStreamShouldEndReading() {
		double before = sample("turso_audit_logs_pages_total{operation=\"stream-all\"}");
		assertThat(json(get("/deletions?limit=1"))).hasSize(1);
		assertThat(sample("turso_audit_logs_pages_total{operation=\"stream-all\"}") - before).isEqualTo(1.0);
		assertThat(sample("turso_audit_logs_stream_active_seconds_count{operation=\"stream-all\",order=\"desc\","
				+ "outcome=\"UNKNOWN\"}"))
			.isZero();
	}

	@Test
	void deletionsWhenLimitIsZeroShouldRequestFewPages() {
		assertThat(json(get("/deletions?limit=0"))).isEmpty();
	}

	@Test
	void deletionsWhenManyRequestsAreConcurrentShouldServeAll() {
		List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 40)
			.mapToObj((number) -> this.http.sendAsync(request("/deletions?limit=30"),
					HttpResponse.BodyHandlers.ofString()))
			.toList();
		assertThat(answers).allSatisfy((answer) -> assertThat(json(answer.join())).hasSize(30));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void threadsShouldBeVirtual() {
		assertThat(get("/thread").body()).startsWith("VirtualThread[");
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void threadsWhenJdkIsOlderShouldBePlatformThreads() {
		assertThat(get("/thread").body()).startsWith("Thread[");
	}

	@Test
	void observationShouldBeChildOfServerRequest() {
		get("/deletions?limit=1");
		assertThat(this.recorder.streams()).filteredOn((stream) -> "stream-all".equals(stream.getOperation()))
			.isNotEmpty()
			.allSatisfy((stream) -> assertThat(stream.getParentObservation().getContextView().getName())
				.isEqualTo("http.server.requests"));
	}

	@Test
	void prometheusShouldHaveEveryDocumentedMeter() {
		get("/deletions?limit=1");
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> sample("turso_audit_logs_entries_total{operation=\"follow\"}") == ROWS);
		String scrape = get("/actuator/prometheus").body();
		for (AuditLogMeterDocumentation meter : AuditLogMeterDocumentation.values()) {
			assertThat(scrape.lines().filter((line) -> line.startsWith(sampleName(meter)))).as(meter.getName())
				.isNotEmpty()
				.allSatisfy((line) -> assertThat(Arrays.stream(meter.getKeyNames()))
					.allSatisfy((key) -> assertThat(line).contains(key.asString() + "=\"")));
		}
		assertThat(scrape.lines())
			.anyMatch((line) -> line.startsWith("turso_audit_logs_stream_seconds_count{")
					&& line.contains("operation=\"stream-all\"") && line.contains("order=\"desc\"")
					&& line.contains("outcome=\"") && line.contains("error=\"none\""))
			.anyMatch((line) -> line.startsWith("turso_audit_logs_stream_active_seconds_count{"))
			.anyMatch((line) -> line.startsWith("http_client_requests_seconds_count{") && line
				.contains("uri=\"/v1/organizations/{organization}/audit-logs?page={page}&page_size={pageSize}\""));
		assertThat(scrape).doesNotContain(this.turso.token()).doesNotContain("iku").doesNotContain("acme");
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(sample("turso_audit_logs_follow_lag_seconds")).isZero());
		assertThat(sample("turso_audit_logs_follow_head_age_seconds")).isNotNegative();
	}

	@Test
	void referenceShouldListEveryMeterWithItsNameInPrometheusAndItsTags() throws IOException {
		List<String> rows = Files.readAllLines(Path.of("../docs/reference/meters.md"));
		for (AuditLogMeterDocumentation meter : AuditLogMeterDocumentation.values()) {
			assertThat(rows)
				.filteredOn((row) -> row.startsWith("| `" + meter.getName() + "` | `" + sampleName(meter) + "`"))
				.singleElement()
				.satisfies((row) -> assertThat(Arrays.stream(meter.getKeyNames()))
					.allSatisfy((key) -> assertThat(row).contains("`" + key.asString() + "`")));
		}
	}

	@Test
	void alertsShouldNameMetersThatExist() throws IOException {
		List<String> names = Arrays.stream(AuditLogMeterDocumentation.values())
			.map(ServletApplicationTests::sampleName)
			.toList();
		List<String> alerts = Pattern.compile("```promql\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("../docs/guide/observability.md")))
			.results()
			.map((alert) -> alert.group(1))
			.toList();
		assertThat(alerts).hasSizeGreaterThan(5)
			.allSatisfy((alert) -> assertThat(
					Pattern.compile("turso_\\w+").matcher(alert).results().map(MatchResult::group).toList())
				.isNotEmpty()
				.isSubsetOf(names));
	}

	@Test
	void guideShouldShowTheControllerAsItIs() throws IOException {
		String source = Files.readString(Path.of("src/test/java/com/example/servlet/DeletionsController.java"));
		String guide = Files.readString(Path.of("../docs/guide/servlet.md"));
		assertThat(guide).contains("```java\n" + source.substring(source.indexOf("@RestController")) + "```");
	}

	/** The name of a meter's samples, of a timer that of their family. */
	private static String sampleName(AuditLogMeterDocumentation meter) {
		boolean time = meter.getType() == Meter.Type.GAUGE;
		String name = new PrometheusNamingConvention().name(meter.getName(), meter.getType(),
				time ? "seconds" : meter.getBaseUnit());
		return switch (meter.getType()) {
			case COUNTER -> name.endsWith("_total") ? name : name + "_total";
			case TIMER -> name.endsWith("_seconds") ? name : name + "_seconds";
			default -> name;
		};
	}

	private double sample(String start) {
		List<Double> values = get("/actuator/prometheus").body()
			.lines()
			.filter((line) -> line.startsWith(start))
			.map((line) -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1).toUpperCase(Locale.ROOT)))
			.toList();
		assertThat(values).as(start).hasSize(1);
		return values.get(0);
	}

	private HttpResponse<String> get(String path) {
		try {
			return this.http.send(request(path), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).timeout(LIMIT).build();
	}

	private static JsonNode json(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body());
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class TursoConfiguration {

		@Bean
		MockTursoServer turso() {
			return MockTursoServer.builder().organization("acme", (log) -> log.addNumbered(ROWS)).start();
		}

	}

}
