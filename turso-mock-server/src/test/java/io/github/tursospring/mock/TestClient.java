package io.github.tursospring.mock;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import tools.jackson.databind.JsonNode;

/**
 * Sends requests to a server as a client of Turso does.
 */
final class TestClient {

	static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final MockTursoServer server;

	TestClient(MockTursoServer server) {
		this.server = server;
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.server.baseUrl() + path))
			.header("Authorization", "Bearer " + this.server.token())
			.timeout(TIMEOUT);
	}

	HttpRequest.Builder logRequest(int page, int pageSize) {
		return request("/v1/organizations/" + this.server.organization() + "/audit-logs?page=" + page + "&page_size="
				+ pageSize);
	}

	HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
		return this.client.sendAsync(request.build(), BodyHandlers.ofString());
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(request(path));
	}

	JsonNode page(int page, int pageSize) throws IOException, InterruptedException {
		return MockEntry.JSON.readTree(send(logRequest(page, pageSize)).body());
	}

	List<String> messages(int page, int pageSize) throws IOException, InterruptedException {
		List<String> messages = new ArrayList<>();
		page(page, pageSize).path("audit_logs").forEach((row) -> messages.add(row.path("message").asString()));
		return messages;
	}

}
