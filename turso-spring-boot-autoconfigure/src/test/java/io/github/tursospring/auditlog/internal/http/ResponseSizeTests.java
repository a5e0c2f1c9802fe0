package io.github.tursospring.auditlog.internal.http;

import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.TursoProtocolException;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the limit of an answer's size.
 */
class ResponseSizeTests {

	private static final String PAGE = "{\"audit_logs\": []}";

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	@Test
	void responseOfLimitShouldBeAccepted() {
		turso.answers(okJson(PAGE));
		StepVerifier.create(endpoint(turso.baseUrl(), TursoServer.httpClient(), PAGE.length()).of("acme").fetch(1, 100))
			.expectNextCount(1)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
	}

	@Test
	void responseAboveLimitShouldFailAndNameKeys() {
		turso.answers(okJson(PAGE + " "));
		StepVerifier.create(endpoint(turso.baseUrl(), TursoServer.httpClient(), PAGE.length()).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoProtocolException.class)
				.hasMessageContaining("organization 'acme'")
				.hasMessageContaining("larger than " + PAGE.length() + " bytes")
				.hasMessageContaining("turso.max-response-size")
				.hasMessageContaining("turso.audit-logs.page-size"))
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(1);
	}

	@Test
	void responseWithoutEndShouldFail() {
		String endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
				+ "10\r\n                \r\n".repeat(1000);
		try (RawServer server = RawServer.stalling(endless)) {
			StepVerifier.create(endpoint(server.baseUrl(), TursoServer.httpClient(), 1000).of("acme").fetch(1, 100))
				.expectError(TursoProtocolException.class)
				.verify(TursoServer.PATIENCE);
		}
	}

	@Test
	void responseAboveLimitShouldReleaseConnection() {
		ConnectionProvider provider = ConnectionProvider.create("one", 1);
		try {
			AuditLogEndpoint endpoint = endpoint(turso.baseUrl(), HttpClient.create(provider), 1000);
			turso.answers(okJson(PAGE + " ".repeat(1_000_000)));
			StepVerifier.create(endpoint.of("acme").fetch(1, 100))
				.expectError(TursoProtocolException.class)
				.verify(TursoServer.PATIENCE);
			turso.answers(okJson(PAGE));
			StepVerifier.create(endpoint.of("acme").fetch(1, 100))
				.expectNextCount(1)
				.expectComplete()
				.verify(TursoServer.PATIENCE);
		}
		finally {
			provider.dispose();
		}
	}

	@Test
	void bufferAboveLimitShouldBeReleased() {
		NettyDataBuffer buffer = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT).allocateBuffer(100);
		buffer.write(new byte[100]);
		StepVerifier.create(ResponseBody.receive(Flux.<DataBuffer>just(buffer), 99, -1))
			.expectError(DataBufferLimitException.class)
			.verify(TursoServer.PATIENCE);
		assertThat(buffer.isAllocated()).isFalse();
	}

	private static AuditLogEndpoint endpoint(String baseUrl, HttpClient httpClient, int maxResponseSize) {
		WebClient webClient = WebClient.builder()
			.baseUrl(baseUrl)
			.clientConnector(new ReactorClientHttpConnector(httpClient))
			.build();
		return new AuditLogEndpoint(webClient, TursoServer.TOKEN, TursoServer.retries(2), maxResponseSize);
	}

}
