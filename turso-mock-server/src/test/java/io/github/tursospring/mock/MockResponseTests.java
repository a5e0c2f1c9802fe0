package io.github.tursospring.mock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MockResponse}.
 */
class MockResponseTests {

	private final MockTursoServer server = MockTursoServer.builder()
		.organization("acme", (log) -> log.addNumbered(100))
		.start();

	private final TestClient client = new TestClient(this.server);

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void enqueueShouldRespondInOrderAndThenAsUsual() throws Exception {
		this.server.enqueue(MockResponse.status(503).header("Retry-After", "1"), MockResponse.page(),
				MockResponse.html(502), MockResponse.error(402, "subscription inactive", null),
				MockResponse.json(200, "{}"));
		HttpResponse<String> first = this.client.send(this.client.logRequest(1, 1));
		assertThat(first.statusCode()).isEqualTo(503);
		assertThat(first.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(first.body()).isEqualTo("{\"error\":\"status 503\"}");
		assertThat(this.client.messages(1, 1)).containsExactly("100");
		HttpResponse<String> html = this.client.send(this.client.logRequest(1, 1));
		assertThat(html.statusCode()).isEqualTo(502);
		assertThat(html.headers().firstValue("Content-Type")).hasValue("text/html");
		assertThat(html.body()).startsWith("<html>");
		assertThat(this.client.send(this.client.logRequest(1, 1)).body())
			.isEqualTo("{\"error\":\"subscription inactive\"}");
		assertThat(this.client.send(this.client.logRequest(1, 1)).body()).isEqualTo("{}");
		assertThat(this.client.messages(1, 1)).containsExactly("100");
		assertThat(this.server.requests()).hasSize(6);
	}

	@Test
	void respondShouldAnswerEveryRequestThatNothingIsEnqueuedFor() throws Exception {
		this.server.log().respond(MockResponse.status(500)).enqueue(MockResponse.page());
		assertThat(this.client.send(this.client.logRequest(1, 1)).statusCode()).isEqualTo(200);
		assertThat(this.client.send(this.client.logRequest(1, 1)).statusCode()).isEqualTo(500);
		assertThat(this.client.send(this.client.logRequest(1, 1)).statusCode()).isEqualTo(500);
	}

	@Test
	void respondWhenShouldAnswerWhatMeetsTheCondition() throws Exception {
		this.server.log()
			.enqueue(MockResponse.html(502))
			.respondWhen((request) -> "3".equals(request.parameter("page")), MockResponse.status(500));
		assertThat(this.client.send(this.client.logRequest(3, 1)).statusCode()).isEqualTo(500);
		assertThat(this.client.send(this.client.logRequest(2, 1)).statusCode()).isEqualTo(502);
		assertThat(this.client.messages(2, 1)).containsExactly("99");
		assertThat(this.client.send(this.client.logRequest(3, 1)).statusCode()).isEqualTo(500);
		this.server.log().respond(MockResponse.page());
		assertThat(this.client.messages(3, 1)).containsExactly("98");
	}

	@Test
	void resetShouldResetTheConnection() throws Exception {
		this.server.enqueue(MockResponse.reset());
		try (Socket socket = connect()) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().readAllBytes())
				.withMessageContaining("reset");
		}
		assertThat(this.client.messages(1, 1)).containsExactly("100");
	}

	@Test
	void resetAfterShouldSendThatManyBytesAndResetTheConnection() throws Exception {
		this.server.enqueue(MockResponse.page().resetAfter(100));
		try (Socket socket = connect()) {
			ByteArrayOutputStream received = new ByteArrayOutputStream();
			assertThatExceptionOfType(SocketException.class)
				.isThrownBy(() -> socket.getInputStream().transferTo(received))
				.withMessageContaining("reset");
			assertThat(body(received)).hasSizeLessThanOrEqualTo(100);
		}
	}

	@Test
	void cutAfterShouldSendThatManyBytesAndCloseTheConnection() throws Exception {
		this.server.enqueue(MockResponse.page().cutAfter(100), MockResponse.page().cutAfter(100));
		try (Socket socket = connect()) {
			ByteArrayOutputStream received = new ByteArrayOutputStream();
			socket.getInputStream().transferTo(received);
			assertThat(body(received)).hasSize(100).startsWith("{\"audit_logs\":[{");
			assertThat(received.toString(StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
		}
		assertThatIOException().isThrownBy(() -> this.client.send(this.client.logRequest(1, 100)));
	}

	@Test
	void stallAfterShouldKeepTheConnectionOpen() throws Exception {
		this.server.enqueue(MockResponse.page().stallAfter(100));
		try (Socket socket = connect()) {
			InputStream in = socket.getInputStream();
			ByteArrayOutputStream received = new ByteArrayOutputStream();
			while (body(received).length() < 100) {
				received.write(in.read());
			}
			CompletableFuture<Integer> more = CompletableFuture.supplyAsync(() -> read(in));
			MockTursoServerTests.assertTimesOut(more);
			this.server.close();
			assertThat(more.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
		}
	}

	@Test
	void delayShouldHoldBackOneResponseOnly() throws Exception {
		this.server.enqueue(MockResponse.page().delay(Duration.ofDays(1)),
				MockResponse.status(500).delay(Duration.ofMillis(10)));
		CompletableFuture<HttpResponse<String>> delayed = this.client.sendAsync(this.client.logRequest(1, 1));
		Awaitility.await().atMost(TestClient.TIMEOUT).until(() -> this.server.requests().size() == 1);
		assertThat(this.client.send(this.client.logRequest(1, 1)).statusCode()).isEqualTo(500);
		assertThat(this.client.messages(1, 1)).containsExactly("100");
		assertThat(delayed).isNotDone();
	}

	@Test
	void trickleShouldSendTheWholeBodyInParts() throws Exception {
		String whole = this.client.send(this.client.logRequest(1, 3)).body();
		this.server.enqueue(MockResponse.page().trickle(50, Duration.ofMillis(2)));
		assertThat(this.client.send(this.client.logRequest(1, 3)).body()).isEqualTo(whole);
		assertThatIllegalArgumentException().isThrownBy(() -> MockResponse.page().trickle(0, Duration.ZERO));
	}

	@Test
	void connectionsWhenManyAreDelayedShouldAllBeServed() throws Exception {
		this.server.log().respond(MockResponse.page().delay(Duration.ofMillis(500)));
		List<Socket> sockets = new ArrayList<>();
		try {
			for (int i = 0; i < 500; i++) {
				sockets.add(connect());
			}
			for (Socket socket : sockets) {
				assertThat(socket.getInputStream().read()).isEqualTo('H');
			}
		}
		finally {
			for (Socket socket : sockets) {
				socket.close();
			}
		}
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.baseUrl().getPort());
		socket.setSoTimeout((int) TestClient.TIMEOUT.toMillis());
		socket.getOutputStream()
			.write(("GET /v1/organizations/acme/audit-logs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
					+ this.server.token() + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private static String body(ByteArrayOutputStream received) {
		String text = received.toString(StandardCharsets.UTF_8);
		int end = text.indexOf("\r\n\r\n");
		return (end < 0) ? "" : text.substring(end + 4);
	}

	private static int read(InputStream in) {
		try {
			return in.read();
		}
		catch (IOException ex) {
			return -1;
		}
	}

}
