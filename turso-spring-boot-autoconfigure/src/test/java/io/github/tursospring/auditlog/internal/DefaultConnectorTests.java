package io.github.tursospring.auditlog.internal;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.internal.http.TursoServer;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;

/**
 * Tests for the connector that a builder has without being given any.
 */
class DefaultConnectorTests {

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	@Test
	void connectorWithoutReactorNettyShouldBeTheJdksAndFollowNoRedirects() {
		turso.answers(temporaryRedirect(turso.baseUrl() + "/elsewhere"));
		WebClient webClient = DefaultAuditLogClientBuilder.defaultWebClient(new FilteredClassLoader(HttpClient.class))
			.baseUrl(turso.baseUrl())
			.build();
		StepVerifier
			.create(webClient.get()
				.uri("/v1/organizations/acme/audit-logs?page=1&page_size=100")
				.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value())))
			.expectNext(302)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
		turso.verify(1, getRequestedFor(anyUrl()));
		turso.verify(getRequestedFor(anyUrl()).withHeader("Upgrade", equalTo("h2c")));
	}

}
