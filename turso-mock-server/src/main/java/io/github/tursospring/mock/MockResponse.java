package io.github.tursospring.mock;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Response of the server to a request: the requested page, or another status or body; at
 * once, late, slowly, or incomplete. Immutable: each method that changes it returns a
 * copy.
 *
 * @since 0.1.0
 * @see MockTursoServer#enqueue(MockResponse...)
 */
public final class MockResponse {

	private final @Nullable Body body;

	private final Map<String, String> headers;

	private final Duration delay;

	private final Transfer transfer;

	private MockResponse(@Nullable Body body, Map<String, String> headers, Duration delay, Transfer transfer) {
		this.body = body;
		this.headers = Map.copyOf(headers);
		this.delay = delay;
		this.transfer = transfer;
	}

	/**
	 * Return the usual response: the requested page.
	 * @return the response
	 */
	public static MockResponse page() {
		return new MockResponse(null, Map.of(), Duration.ZERO, Transfer.COMPLETE);
	}

	/**
	 * Return an error with a JSON body, as Turso sends it.
	 * @param status the HTTP status
	 * @return the response
	 */
	public static MockResponse status(int status) {
		return error(status, "status " + status, null);
	}

	/**
	 * Return an error with a JSON body, as Turso sends it.
	 * @param status the HTTP status
	 * @param error the text of the error
	 * @param code the code of the error, or {@code null} to send none
	 * @return the response
	 */
	public static MockResponse error(int status, String error, @Nullable String code) {
		Map<String, String> json = new LinkedHashMap<>();
		json.put("error", error);
		if (code != null) {
			json.put("code", code);
		}
		return page().body(status, "application/json", MockEntry.JSON.writeValueAsBytes(json));
	}

	/**
	 * Return an HTML page, as a gateway in front of the API sends it.
	 * @param status the HTTP status
	 * @return the response
	 */
	public static MockResponse html(int status) {
		String html = "<html><head><title>" + status + "</title></head><body>Gateway</body></html>";
		return page().body(status, "text/html", html.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return a response with any JSON body.
	 * @param status the HTTP status
	 * @param json the body
	 * @return the response
	 */
	public static MockResponse json(int status, String json) {
		return page().body(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return no response at all: the connection is reset.
	 * @return the response
	 */
	public static MockResponse reset() {
		return new MockResponse(null, Map.of(), Duration.ZERO, new Transfer(Ending.RESET, 0, Duration.ZERO));
	}

	private MockResponse body(int status, String contentType, byte[] content) {
		return body(new Body(status, contentType, content));
	}

	MockResponse body(Body changed) {
		return new MockResponse(changed, this.headers, this.delay, this.transfer);
	}

	/**
	 * Return this response with a header.
	 * @param name the name, such as {@code Retry-After}
	 * @param value the value
	 * @return the copy
	 */
	public MockResponse header(String name, String value) {
		Map<String, String> changed = new LinkedHashMap<>(this.headers);
		changed.put(name, value);
		return new MockResponse(this.body, changed, this.delay, this.transfer);
	}

	/**
	 * Return this response, sent later.
	 * @param delay the time to wait, besides the server's latency
	 * @return the copy
	 */
	public MockResponse delay(Duration delay) {
		return new MockResponse(this.body, this.headers, delay, this.transfer);
	}

	/**
	 * Return this response with its body cut: the connection is closed before the
	 * announced length is reached.
	 * @param bytes the number of bytes of the body to send
	 * @return the copy
	 */
	public MockResponse cutAfter(int bytes) {
		return transfer(new Transfer(Ending.CLOSE, bytes, Duration.ZERO));
	}

	/**
	 * Return this response with its body cut: the connection is reset before the
	 * announced length is reached.
	 * @param bytes the number of bytes of the body to send
	 * @return the copy
	 */
	public MockResponse resetAfter(int bytes) {
		return transfer(new Transfer(Ending.RESET, bytes, Duration.ZERO));
	}

	/**
	 * Return this response with its body cut: the connection stays open, and nothing more
	 * is sent.
	 * @param bytes the number of bytes of the body to send
	 * @return the copy
	 */
	public MockResponse stallAfter(int bytes) {
		return transfer(new Transfer(Ending.STALL, bytes, Duration.ZERO));
	}

	/**
	 * Return this response with its body sent slowly.
	 * @param bytes the number of bytes to send at a time
	 * @param interval the time to wait between them
	 * @return the copy
	 */
	public MockResponse trickle(int bytes, Duration interval) {
		if (bytes < 1) {
			throw new IllegalArgumentException("bytes must be positive, not " + bytes);
		}
		return transfer(new Transfer(Ending.COMPLETE, bytes, interval));
	}

	private MockResponse transfer(Transfer changed) {
		return new MockResponse(this.body, this.headers, this.delay, changed);
	}

	@Nullable Body body() {
		return this.body;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	Duration delay() {
		return this.delay;
	}

	Transfer transfer() {
		return this.transfer;
	}

	/**
	 * Status and body of a response.
	 *
	 * @param status the HTTP status
	 * @param contentType the media type
	 * @param content the bytes
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Body(int status, String contentType, byte[] content) {
	}

	/**
	 * How much of a body is sent, and how.
	 *
	 * @param ending what follows the bytes
	 * @param bytes the bytes to send, or to send at a time
	 * @param interval the time between two writes
	 */
	record Transfer(Ending ending, int bytes, Duration interval) {

		static final Transfer COMPLETE = new Transfer(Ending.COMPLETE, Integer.MAX_VALUE, Duration.ZERO);

	}

	enum Ending {

		COMPLETE, CLOSE, RESET, STALL

	}

}
