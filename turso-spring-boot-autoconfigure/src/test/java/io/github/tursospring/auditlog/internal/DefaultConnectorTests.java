package io.github.tursospring.auditlog.internal;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.http.ScriptedServer;
import io.github.tursospring.auditlog.internal.http.TursoServer;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the connector that a builder has without being given any.
 */
class DefaultConnectorTests {

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Test
	void connectorWithoutReactorNettyShouldBeTheJdksAndFollowNoRedirects() {
		assertFollowsNoRedirects(new FilteredClassLoader(HttpClient.class));
		turso.verify(getRequestedFor(anyUrl()).withHeader("Upgrade", equalTo("h2c")));
	}

	@Test
	void connectorWithReactorNettyShouldFollowNoRedirects() {
		assertFollowsNoRedirects(getClass().getClassLoader());
		turso.verify(getRequestedFor(anyUrl()).withHeader("User-Agent", containing("ReactorNetty")));
	}

	private static void assertFollowsNoRedirects(ClassLoader classLoader) {
		turso.answers(temporaryRedirect(turso.baseUrl() + "/elsewhere"));
		WebClient webClient = DefaultAuditLogClientBuilder.defaultWebClient(classLoader)
			.baseUrl(turso.baseUrl())
			.build();
		StepVerifier
			.create(webClient.get()
				.uri("/v1/organizations/acme/audit-logs?page=1&page_size=100")
				.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value())))
			.expectNext(302)
			.expectComplete()
			.verify(PATIENCE);
		turso.verify(1, getRequestedFor(anyUrl()));
	}

	@Test
	void connectorWhenInformationalResponsesComeFirstShouldReadTheFinalOne() {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			for (int i = 0; i < 2; i++) {
				exchange.write("HTTP/1.1 103 Early Hints\r\n\r\n");
				exchange.awaitRequest(Duration.ofMillis(50));
			}
			exchange.write(ScriptedServer.ok("{\"audit_logs\": [{\"message\": \"m\"}]}"));
			return true;
		})) {
			AuditLogClient client = AuditLogClient.builder()
				.baseUrl(URI.create(server.baseUrl()))
				.apiToken("token-of-the-test")
				.build();
			StepVerifier
				.create(client.list(AuditLogQuery.builder().organization("acme").page(1).build())
					.repeat(1)
					.map((page) -> page.auditLogs().size()))
				.expectNext(1, 1)
				.expectComplete()
				.verify(PATIENCE);
			assertThat(server.requests()).isEqualTo(2);
		}
	}

}
