package io.github.tursospring.auditlog.internal.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A {@link ScriptedServer} that answers each connection's request with given bytes and
 * hangs up, or waits for the client to.
 */
public final class RawServer implements AutoCloseable {

	private final AtomicInteger hungUpOn = new AtomicInteger();

	private final ScriptedServer server;

	/**
	 * Create a new server that hangs up after each answer.
	 * @param answers the answers to one request after the other; the last one answers all
	 * further ones
	 */
	public RawServer(String... answers) {
		this(true, answers);
	}

	private RawServer(boolean hangingUp, String... answers) {
		this.server = new ScriptedServer((exchange) -> {
			write(exchange, answers[Math.min(exchange.number(), answers.length) - 1]);
			if (!hangingUp) {
				awaitHangUp(exchange);
			}
			return false;
		});
	}

	/**
	 * Create a new server that begins an answer and does not go on.
	 * @param beginning the answer's beginning
	 * @return the server
	 */
	public static RawServer stalling(String beginning) {
		return new RawServer(false, beginning);
	}

	/**
	 * Return the URL of this server.
	 * @return the URL
	 */
	public String baseUrl() {
		return this.server.baseUrl();
	}

	/**
	 * Return how many requests have been made.
	 * @return the number
	 */
	public int requests() {
		return this.server.requests();
	}

	/**
	 * Return on how many of its stalled answers the client has hung up.
	 * @return the number
	 */
	public int hungUpOn() {
		return this.hungUpOn.get();
	}

	private static void write(ScriptedServer.Exchange exchange, String utf8) throws IOException {
		exchange.write(new String(utf8.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
	}

	private void awaitHangUp(ScriptedServer.Exchange exchange) {
		try {
			while (exchange.reader().read() != -1) {
				// No answer to whatever else comes
			}
		}
		catch (IOException ex) {
			// Hung up with a reset
		}
		this.hungUpOn.incrementAndGet();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
