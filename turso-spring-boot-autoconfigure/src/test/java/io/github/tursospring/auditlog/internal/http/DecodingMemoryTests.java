package io.github.tursospring.auditlog.internal.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.TursoException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that hostile pages of 15 MB end with a {@link TursoException} in a process with a
 * heap of 128 MB: no {@link OutOfMemoryError} leaves a subscriber without a signal.
 */
@Tag("slow")
class DecodingMemoryTests {

	@ParameterizedTest
	@EnumSource
	void fetchInSmallHeapShouldEndWithAnException(Page page) throws Exception {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write(ScriptedServer.ok(page.json));
			return true;
		})) {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx128m", "-XX:+UseSerialGC", "-cp",
					System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
					Reader.class.getName(), server.baseUrl())
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
			assertThat(output).contains("RESULT").contains(page.outcome);
			System.out.println(page + ": " + output.substring(output.indexOf("RESULT")).strip());
		}
	}

	enum Page {

		EMPTY_ROWS("{\"audit_logs\":[" + "{},".repeat(5_000_000) + "{}]}", "more than 1000 rows"),

		EMPTY_LISTS("{\"audit_logs\":[{\"data\":{\"a\":[" + "[],".repeat(5_000_000) + "1]}}]}", "Token count"),

		NAMES(names(), "Token count"),

		LONG_TEXT("{\"audit_logs\":[{\"message\":\"" + "x".repeat(15_000_000) + "\"}]}", "RESULT");

		private final String json;

		private final String outcome;

		Page(String json, String outcome) {
			this.json = json;
			this.outcome = outcome;
		}

		private static String names() {
			StringBuilder json = new StringBuilder("{\"audit_logs\":[{\"data\":{");
			for (int i = 0; i < 1_000_000; i++) {
				json.append('"').append(i).append("\":[],");
			}
			return json.append("\"x\":1}}]}").toString();
		}

	}

	/**
	 * Fetches a page and prints what comes.
	 */
	static final class Reader {

		public static void main(String[] args) {
			WebClient webClient = WebClient.builder()
				.baseUrl(args[0])
				.clientConnector(new ReactorClientHttpConnector(HttpClient.create()))
				.build();
			AuditLogEndpoint endpoint = new AuditLogEndpoint(webClient, "token",
					new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO), 16 * 1024 * 1024);
			try {
				int rows = endpoint.of("acme").fetch(1, 1000).block(Duration.ofMinutes(1)).rows().size();
				System.out.println("RESULT " + rows + " rows");
			}
			catch (TursoException ex) {
				System.out.println("RESULT " + ex);
			}
			Runtime.getRuntime().halt(0);
		}

	}

}
