package io.github.tursospring.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application as it was processed ahead of time by the build: in a JVM of its own
 * that evaluates no condition and scans no package any more.
 */
@Tag("slow")
class AheadOfTimeTests {

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper jsonMapper = new JsonMapper();

	@TempDir
	private Path directory;

	private Process application;

	private String baseUrl;

	private String log;

	@BeforeEach
	void start() throws IOException {
		Path output = this.directory.resolve("output.log");
		this.application = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dspring.aot.enabled=true", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), SampleApplication.class.getName(), "--server.port=0")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			this.log = Files.readString(output);
			return PORT.matcher(this.log).find() || !this.application.isAlive();
		});
		Matcher port = PORT.matcher(this.log);
		assertThat(port.find()).as(this.log).isTrue();
		this.baseUrl = "http://127.0.0.1:" + port.group(1);
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.application.destroy();
		assertThat(this.application.waitFor(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void processedApplicationShouldArchiveAndServe() throws Exception {
		assertThat(this.log).contains("Starting AOT-processed SampleApplication");
		JsonNode entries = get("/audit-logs?limit=3&code=db-delete");
		assertThat(entries).hasSize(3).allSatisfy((entry) -> {
			assertThat(entry.get("code").stringValue()).isEqualTo("db-delete");
			assertThat(entry.get("id").stringValue()).isNotEmpty();
		});
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(get("/api/facets").toString()).contains("db-delete"));
		assertThat(get("/api/histogram").get("total").intValue()).isPositive();
		assertThat(get("/actuator/health").at("/components/turso/status").stringValue()).isEqualTo("UP");
	}

	private JsonNode get(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.baseUrl + path))
			.header("Accept", "application/json")
			.timeout(Duration.ofSeconds(30))
			.build();
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return this.jsonMapper.readTree(response.body());
	}

}
