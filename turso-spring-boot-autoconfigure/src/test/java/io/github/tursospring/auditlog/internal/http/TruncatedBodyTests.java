package io.github.tursospring.auditlog.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import io.github.tursospring.test.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for bodies that end at any byte, in each framing: each is a transient failure,
 * and the page is requested again.
 */
@Tag("slow")
class TruncatedBodyTests {

	/** As ISO 8859-1, so that each of its characters is a byte. */
	private static final String PAGE = latin1(
			"""
					{"audit_logs": [{"code": "db-create", "message": "\\u00e4\\n\\"äß€\uD83D\uDE00", "origin": null, "author": "jo",
					"created_at": "2023-12-20T09:46:08Z", "data": {"a": [true, false, null, -12.5e+10, 0.1, 1E-3, -7, 12],
					"b": {"c": {}, "d": []}, "e": -0.0}}, {"created_at": 1703065568}, {}],
					"pagination": {"page": 1, "page_size": 100, "total_pages": 1, "total_rows": 3}}""");

	@ParameterizedTest
	@EnumSource
	void fetchWhenBodyEndsAnywhereShouldRetry(Framing framing) {
		AtomicInteger cut = new AtomicInteger();
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			boolean whole = exchange.number() % 2 == 0;
			exchange.write(framing.response(whole ? PAGE : PAGE.substring(0, cut.getAndIncrement()), whole));
			return whole && framing != Framing.CLOSE;
		})) {
			HttpClient httpClient = TursoServer.httpClient().keepAlive(true);
			AuditLogEndpoint endpoint = TursoServer.endpoint(server.baseUrl(), httpClient, TursoServer.retries(1));
			StepVerifier
				.create(Signals.await(
						Flux.range(0, PAGE.length())
							.concatMap((i) -> endpoint.of("acme")
								.fetch(1, 100)
								.onErrorMap((ex) -> new AssertionError(
										"at " + i + ": ..." + PAGE.substring(Math.max(0, i - 20), i), ex))),
						TursoServer.PATIENCE.multipliedBy(4)))
				.thenConsumeWhile((page) -> true, (page) -> assertThat(page.rows()).hasSize(3))
				.expectComplete()
				.verify(TursoServer.PATIENCE);
			assertThat(server.requests()).isEqualTo(2 * PAGE.length());
		}
	}

	private static String latin1(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	enum Framing {

		CONTENT_LENGTH {
			@Override
			String response(String body, boolean whole) {
				return "HTTP/1.1 200 OK\r\nContent-Length: " + PAGE.length() + "\r\n\r\n" + body;
			}
		},

		CHUNKED {
			@Override
			String response(String body, boolean whole) {
				String chunk = body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
				return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + (whole ? "0\r\n\r\n" : "");
			}
		},

		CLOSE {
			@Override
			String response(String body, boolean whole) {
				return "HTTP/1.0 200 OK\r\n\r\n" + body;
			}
		};

		abstract String response(String body, boolean whole);

	}

}
