package com.example.report;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.junit.MockTursoExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide's example of a test without Spring.
 */
class PlainServerTests {

	@RegisterExtension
	static MockTursoExtension turso = new MockTursoExtension(
			(builder) -> builder.organization("acme", (log) -> log.addNumbered(250).maxPageSize(50)));

	@Test
	void pageShouldBeCapped(MockTursoServer server) throws Exception {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create(server.baseUrl() + "/v1/organizations/acme/audit-logs?page=2&page_size=100"))
			.header("Authorization", "Bearer " + server.token())
			.build();
		assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
			.contains("\"page_size\":50");
	}

}
