package io.github.tursospring.auditlog.internal.http;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.TursoApiException;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no redirect is followed: it would carry the API token elsewhere.
 */
class RedirectTests {

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	@ParameterizedTest
	@ValueSource(ints = { 300, 301, 302, 303, 307, 308 })
	void redirectShouldFailAndNameBaseUrl(int status) {
		turso.stubFor(get(urlPathEqualTo("/elsewhere")).willReturn(TursoServer.emptyPage()));
		turso.answers(status(status).withHeader("Location", turso.baseUrl() + "/elsewhere"));
		StepVerifier.create(turso.endpoint(HttpClient.create(), TursoServer.retries(2)).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isExactlyInstanceOf(TursoApiException.class)
					.hasMessageContaining("organization 'acme'")
					.hasMessageContaining("Turso answered " + status)
					.hasMessageContaining("Redirects are not followed")
					.hasMessageContaining("turso.base-url");
				assertThat(((TursoApiException) ex).status()).isEqualTo(status);
			})
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(1);
	}

}
