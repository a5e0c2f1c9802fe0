package com.example.following;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import com.example.following.FollowersApplication.Delivered;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two followers over HTTP: a failing one holds up nobody else, and a gap that retention
 * made while the application was down is told in the log, the meter, the health details
 * and the endpoint.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class TwoFollowersTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@Test
	void gapWhenRetentionPassesThePositionWhileDownShouldBeToldEverywhere(CapturedOutput output) {
		try (MockTursoServer turso = MockTursoServer.start()) {
			append(turso, 0, 300);
			try (ConfigurableApplicationContext application = run(turso)) {
				awaitDelivered(application, 300);
				Awaitility.await().atMost(LIMIT).until(() -> state(application, "alarm").equals("FAILING"));
				assertThat(state(application, "archive")).isEqualTo("FOLLOWING");
			}
			append(turso, 300, 900);
			turso.log().removeBefore(START.plusSeconds(500));
			try (ConfigurableApplicationContext application = run(turso)) {
				awaitDelivered(application, 400);
				JsonNode archive = followers(application).at("/followers/archive/acme");
				String position = START.plusSeconds(299).toString();
				String oldest = START.plusSeconds(500).toString();
				assertThat(archive.at("/lastGap/position").stringValue()).isEqualTo(position);
				assertThat(archive.at("/lastGap/oldestEntry").stringValue()).isEqualTo(oldest);
				assertThat(archive.at("/counts/gaps").intValue()).isEqualTo(1);
				assertThat(get(application, "/actuator/prometheus"))
					.containsPattern("turso_audit_logs_follow_gaps_total\\{.*follower=\"archive\".*\\} 1.0");
				assertThat(get(application, "/actuator/health")).contains(position, oldest);
				assertThat(output).containsPattern("WARN .*gap.*" + position + ".*" + oldest);
			}
		}
	}

	@Test
	void operationsOverHttpShouldPauseResumeAndReplay() {
		try (MockTursoServer turso = MockTursoServer.start()) {
			append(turso, 0, 50);
			try (ConfigurableApplicationContext application = run(turso)) {
				awaitDelivered(application, 50);
				post(application, "{\"action\":\"pause\",\"organization\":\"acme\"}");
				Awaitility.await().atMost(LIMIT).until(() -> state(application, "archive").equals("PAUSED"));
				append(turso, 50, 60);
				post(application, "{\"action\":\"resume\",\"organization\":\"acme\"}");
				awaitDelivered(application, 60);
				post(application,
						"{\"action\":\"replay\",\"organization\":\"acme\",\"from\":\"" + START.plusSeconds(40) + "\"}");
				awaitDelivered(application, 80);
			}
		}
	}

	private ConfigurableApplicationContext run(MockTursoServer turso) {
		return new SpringApplicationBuilder(FollowersApplication.class).run("--server.address=127.0.0.1",
				"--server.port=0", "--turso.base-url=" + turso.baseUrl(), "--turso.api-token=" + turso.token(),
				"--turso.organization=acme", "--turso.audit-logs.follow.poll-interval=1s",
				"--turso.audit-logs.follow.file.directory=" + this.directory,
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--management.endpoint.auditlogfollowers.access=unrestricted", "--spring.kafka.bootstrap-servers=",
				"--spring.main.banner-mode=off");
	}

	private static void append(MockTursoServer turso, int from, int to) {
		for (int i = from; i < to; i++) {
			turso.log().add(MockEntry.numbered(i).createdAt(START.plusSeconds(i)));
		}
	}

	private static void awaitDelivered(ConfigurableApplicationContext application, int count) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(application.getBean(Delivered.class).entries()).hasSize(count));
	}

	private String state(ConfigurableApplicationContext application, String follower) {
		return followers(application).at("/followers/" + follower + "/acme/state").asString("");
	}

	private JsonNode followers(ConfigurableApplicationContext application) {
		return JsonMapper.shared().readTree(get(application, "/actuator/auditlogfollowers"));
	}

	private String get(ConfigurableApplicationContext application, String path) {
		return send(request(application, path).GET().build()).body();
	}

	private void post(ConfigurableApplicationContext application, String body) {
		HttpRequest request = request(application, "/actuator/auditlogfollowers/archive")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		HttpResponse<String> response = send(request);
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext application, String path) {
		String port = application.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LIMIT);
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
