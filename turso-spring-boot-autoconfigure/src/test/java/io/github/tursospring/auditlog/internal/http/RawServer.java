package io.github.tursospring.auditlog.internal.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers each connection's request with given bytes, whatever they are, and hangs up, or
 * waits for the client to. It exists beside {@code MockTursoServer} because what it sends
 * need not be HTTP.
 */
public final class RawServer implements AutoCloseable {

	private final ServerSocket socket;

	private final List<String> answers;

	private final boolean hangingUp;

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger hungUpOn = new AtomicInteger();

	/**
	 * Create a new server that hangs up after each answer.
	 * @param answers the answers to one request after the other; the last one answers all
	 * further ones
	 */
	public RawServer(String... answers) {
		this(true, answers);
	}

	private RawServer(boolean hangingUp, String... answers) {
		this.hangingUp = hangingUp;
		this.answers = List.of(answers);
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::serve, "raw-server");
		thread.setDaemon(true);
		thread.start();
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
		return "http://localhost:" + this.socket.getLocalPort();
	}

	/**
	 * Return how many requests have been made.
	 * @return the number
	 */
	public int requests() {
		return this.requests.get();
	}

	/**
	 * Return on how many of its stalled answers the client has hung up.
	 * @return the number
	 */
	public int hungUpOn() {
		return this.hungUpOn.get();
	}

	private void serve() {
		while (!this.socket.isClosed()) {
			try (Socket connection = this.socket.accept()) {
				BufferedReader request = new BufferedReader(
						new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
				String line = request.readLine();
				while (line != null && !line.isEmpty()) {
					line = request.readLine();
				}
				int index = Math.min(this.requests.getAndIncrement(), this.answers.size() - 1);
				connection.getOutputStream().write(this.answers.get(index).getBytes(StandardCharsets.UTF_8));
				connection.getOutputStream().flush();
				if (!this.hangingUp) {
					awaitHangUp(request);
				}
			}
			catch (IOException ex) {
				// The client or the test has hung up
			}
		}
	}

	private void awaitHangUp(BufferedReader request) {
		try {
			while (request.read() != -1) {
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
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
