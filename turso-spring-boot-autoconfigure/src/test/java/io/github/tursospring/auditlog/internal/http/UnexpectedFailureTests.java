package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.TursoTransportException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that nothing but a {@link TursoException} comes out of a request.
 */
class UnexpectedFailureTests {

	@ParameterizedTest
	@ValueSource(strings = { "000", "001", "099", "1000", "99999999999", "-1", "abc", "" })
	void fetchWhenStatusIsInvalidShouldFailWithTursoException(String status) {
		try (RawServer server = new RawServer("HTTP/1.1 " + status + " OK\r\nContent-Length: 2\r\n\r\n{}")) {
			StepVerifier.create(fetch(server))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(TursoException.class)
					.hasMessageContaining("organization 'acme'"))
				.verify(TursoServer.PATIENCE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "000", "001", "099" })
	void fetchWhenStatusIsBelow100ShouldBlameTheServer(String status) {
		try (RawServer server = new RawServer("HTTP/1.1 " + status + " OK\r\nContent-Length: 2\r\n\r\n{}")) {
			StepVerifier.create(fetch(server)).expectError(TursoProtocolException.class).verify(TursoServer.PATIENCE);
		}
	}

	private static Mono<SourcePage> fetch(RawServer server) {
		return TursoServer.endpoint(server.baseUrl(), TursoServer.httpClient(), TursoServer.NO_RETRIES)
			.of("acme")
			.fetch(1, 100);
	}

	@Test
	void fetchWhenFilterFailsShouldFailWithoutRetry() {
		WebClient webClient = WebClient.builder().filter((request, next) -> {
			throw new IllegalArgumentException("of a filter");
		}).build();
		StepVerifier
			.create(new AuditLogEndpoint(webClient, TursoServer.TOKEN, TursoServer.retries(3), 1000).of("acme")
				.fetch(1, 100))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isExactlyInstanceOf(TursoTransportException.class)
					.hasMessageContaining("of a filter")
					.hasCauseExactlyInstanceOf(IllegalArgumentException.class);
				assertThat(((TursoException) ex).isRetryable()).isFalse();
			})
			.verify(TursoServer.PATIENCE);
	}

	@Test
	void fetchWhenEventLoopsAreShutDownShouldFailWithoutRetry() {
		AtomicInteger requests = new AtomicInteger();
		WebClient webClient = WebClient.builder().exchangeFunction((request) -> Mono.error(() -> {
			requests.incrementAndGet();
			return new WebClientRequestException(new RejectedExecutionException("event executor terminated"),
					request.method(), request.url(), request.headers());
		})).build();
		StepVerifier
			.create(new AuditLogEndpoint(webClient, TursoServer.TOKEN, TursoServer.retries(3), 1000).of("acme")
				.fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoTransportException.class)
				.hasMessageContaining("The HTTP client has been shut down"))
			.verify(TursoServer.PATIENCE);
		assertThat(requests).hasValue(1);
	}

	/** As Jetty's HTTP client does, sometimes: the caller's timeout would be lost. */
	@Test
	void fetchWhenRequestCannotBeCancelledShouldStillTimeOut() {
		WebClient webClient = WebClient.builder()
			.exchangeFunction((request) -> Mono.create((sink) -> sink.onCancel(() -> {
				throw new IllegalStateException("of the connector");
			})))
			.build();
		EndpointSettings settings = new EndpointSettings(TursoServer.NO_RETRIES, 1000, Duration.ofMillis(50));
		PageSource source = new AuditLogEndpoint(() -> webClient, TursoServer.TOKEN, settings).of("acme");
		StepVerifier.create(source.fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoTransportException.class)
				.hasMessageContaining("50 ms"))
			.verify(TursoServer.PATIENCE);
		StepVerifier.create(source.fetch(1, 100).timeout(Duration.ofMillis(1)))
			.expectError(TimeoutException.class)
			.verify(TursoServer.PATIENCE);
	}

	@Test
	void fetchWhenCallbackForBodyFailsShouldFailWithTursoException() {
		WebClient webClient = WebClient.builder()
			.exchangeFunction(
					(request) -> Mono.just(ClientResponse.create(HttpStatus.OK).body("{\"audit_logs\": []}").build()))
			.build();
		StepVerifier.create(new AuditLogEndpoint(webClient, TursoServer.TOKEN, TursoServer.NO_RETRIES, 1000).of("acme")
			.fetch(1, 100, () -> {
				throw new IllegalStateException("of a callback");
			})).expectError(TursoException.class).verify(TursoServer.PATIENCE);
	}

	@Test
	void decodeWhenErrorIsThrownShouldFailWithTursoException() {
		Secret token = new Secret(TursoServer.TOKEN);
		EndpointSettings settings = new EndpointSettings(TursoServer.NO_RETRIES, 1000, TursoServer.PATIENCE);
		ResponseReader reader = new ResponseReader(1000, new ApiErrors("GET", "", token),
				new PageFailures(token, settings), settings.clock());
		ResponseBody body = ResponseBody
			.receive(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(new byte[] { '{' })), 1000, -1)
			.block(TursoServer.PATIENCE);
		for (Error error : new Error[] { new OutOfMemoryError("x"), new StackOverflowError("x"),
				new NoClassDefFoundError("x") }) {
			assertThatExceptionOfType(PageFailure.class).isThrownBy(
					() -> reader.decode(new ResponseReader.ReceivedPage(body, new HttpHeaders()), "acme", () -> {
						throw error;
					}))
				.satisfies((failure) -> assertThat(failure.exception()).isInstanceOf(TursoProtocolException.class)
					.hasMessageContaining(error.toString())
					.hasCause(error));
		}
	}

	@Test
	void fetchAfterCloseShouldFailWithoutRequest() {
		try (RawServer server = new RawServer("HTTP/1.1 503 Wait\r\nContent-Length: 0\r\n\r\n")) {
			AuditLogEndpoint endpoint = TursoServer.endpoint(server.baseUrl(), TursoServer.httpClient(),
					TursoServer.retries(3));
			endpoint.close();
			StepVerifier.create(endpoint.of("acme").fetch(1, 100))
				.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoTransportException.class)
					.hasMessageContaining("the client is closed"))
				.verify(TursoServer.PATIENCE);
			assertThat(server.requests()).isZero();
		}
	}

}
