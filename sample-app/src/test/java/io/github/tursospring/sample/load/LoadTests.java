package io.github.tursospring.sample.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.activity.OrganizationActivity;
import io.github.tursospring.sample.ConsoleProcess;
import io.github.tursospring.sample.RunningConsole;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of many viewers, in the heap that the application is promised to need.
 */
class LoadTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	@TempDir
	private Path directory;

	@Test
	@Tag("slow")
	void pagesShouldCostTursoNoRequest() {
		try (MockTursoServer turso = MockTursoServer.builder()
			.organization("acme", (log) -> log.add(OrganizationActivity.of(1).history(2000, Duration.ofDays(90))))
			.start();
				RunningConsole console = RunningConsole
					.start(turso, this.directory, "--turso.audit-logs.follow.poll-interval=1h")
					.awaitArchived(2000)) {
			turso.clearRequests();
			for (int i = 0; i < 5; i++) {
				for (String path : List.of("/api/status", "/api/entries", "/api/histogram", "/api/facets",
						"/api/gaps?organization=acme", "/api/seals?organization=acme", "/api/entries?text=orders",
						"/api/histogram?author=maya", "/api/export?format=json")) {
					assertThat(console.get(path)).as(path).isNotNull();
				}
				assertThat(console.web().get().uri("/api/live").retrieve().bodyToFlux(String.class).blockFirst(TIMEOUT))
					.isNotNull();
			}
			assertThat(turso.requests()).isEmpty();
		}
	}

	@Test
	@Tag("measurement")
	void viewersAndSlowExportsShouldFitIntoTheHeap() throws Exception {
		try (MockTursoServer turso = MockTursoServer.builder()
			.organization("acme", (log) -> log.add(OrganizationActivity.of(1).history(20_000, Duration.ofDays(90))))
			.start();
				ConsoleProcess console = ConsoleProcess.startShortLived(turso,
						"jdbc:sqlite:" + this.directory.resolve("audit-log.db"), this.directory)) {
			console.awaitStarted();
			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> console.get("/api/status").at("/organizations/0/archived").intValue() == 20_000);
			List<Socket> exports = new ArrayList<>();
			List<Queue<String>> seen = Stream.<Queue<String>>generate(ConcurrentLinkedQueue::new).limit(200).toList();
			Disposable.Composite viewers = Disposables.composite();
			try {
				for (int i = 0; i < 50; i++) {
					exports.add(slowExport(console));
				}
				WebClient web = manyConnections(console);
				seen.forEach((messages) -> viewers.add(web.get()
					.uri("/api/live?after=20000")
					.retrieve()
					.bodyToFlux(LiveEntry.class)
					.filter((event) -> event.message() != null)
					.subscribe((event) -> messages.add(event.message()))));
				List<String> expected = IntStream.range(0, 100).mapToObj((i) -> "live " + i).toList();
				expected.forEach((message) -> turso.log().add(MockEntry.of("db-create").message(message)));
				Awaitility.await()
					.atMost(TIMEOUT)
					.untilAsserted(() -> assertThat(seen)
						.allSatisfy((messages) -> assertThat(messages).containsExactlyElementsOf(expected)));
				assertThat(console.get("/api/entries?limit=1").at("/entries/0/message").stringValue())
					.isEqualTo("live 99");
			}
			finally {
				viewers.dispose();
				for (Socket export : exports) {
					export.close();
				}
			}
			assertThat(console.isAlive()).isTrue();
			assertThat(Files.readString(console.output())).doesNotContain("OutOfMemoryError", "ERROR");
		}
	}

	/** Reads the first line and nothing more. */
	private static Socket slowExport(ConsoleProcess console) throws Exception {
		URI url = URI.create(console.url());
		Socket socket = new Socket();
		socket.setReceiveBufferSize(32 * 1024);
		socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
		socket.getOutputStream()
			.write("GET /api/export?format=ndjson HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
		assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024)
			.readLine()).isEqualTo("HTTP/1.1 200 OK");
		return socket;
	}

	private static WebClient manyConnections(ConsoleProcess console) {
		ConnectionProvider connections = ConnectionProvider.create("viewers", 200);
		return WebClient.builder()
			.baseUrl(console.url())
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
			.build();
	}

	record LiveEntry(String message) {
	}

}
