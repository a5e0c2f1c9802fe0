package io.github.tursospring.auditlog.internal.http;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Server that keeps its connections and answers each request with the bytes that a script
 * writes. Serves connections in parallel. It exists beside {@code MockTursoServer}
 * because what a script writes need not be HTTP, and depends on what the client does
 * meanwhile.
 */
public final class ScriptedServer implements AutoCloseable {

	private final ServerSocket socket;

	private final Script script;

	private final Set<Closeable> connections = ConcurrentHashMap.newKeySet();

	private final AtomicInteger requests = new AtomicInteger();

	/**
	 * Create a new server.
	 * @param script the script that answers requests
	 */
	public ScriptedServer(Script script) {
		this.script = script;
		try {
			this.socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("scripted-server", this::accept);
	}

	/**
	 * Return a complete response with a body.
	 * @param body the JSON of the body, in ASCII
	 * @return the response
	 */
	public static String ok(String body) {
		return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
				+ body;
	}

	/**
	 * Return the URL of this server.
	 * @return the URL
	 */
	public String baseUrl() {
		return "http://localhost:" + this.socket.getLocalPort();
	}

	/**
	 * Return the number of requests received.
	 * @return the number
	 */
	public int requests() {
		return this.requests.get();
	}

	/**
	 * Return the number of connections that are open.
	 * @return the number
	 */
	public int connections() {
		return this.connections.size();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				this.connections.add(connection);
				start("scripted-connection", () -> serve(connection));
			}
			catch (IOException ex) {
				// The test has ended
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
			String requestLine = reader.readLine();
			while (requestLine != null) {
				String header = reader.readLine();
				while (header != null && !header.isEmpty()) {
					header = reader.readLine();
				}
				int number = this.requests.incrementAndGet();
				if (!this.script.answer(new Exchange(connection, reader,
						requestLine.substring(4, requestLine.lastIndexOf(" ")), number))) {
					return;
				}
				requestLine = reader.readLine();
			}
		}
		catch (IOException ex) {
			// The client or the test has closed the connection
		}
		finally {
			this.connections.remove(connection);
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
			for (Closeable connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Script that answers a request.
	 */
	@FunctionalInterface
	public interface Script {

		/**
		 * Answer a request.
		 * @param exchange the request and the connection to answer on
		 * @return whether the connection is kept
		 * @throws IOException if the client has closed the connection
		 */
		boolean answer(Exchange exchange) throws IOException;

	}

	/**
	 * One request and the connection that it came on.
	 *
	 * @param connection the connection
	 * @param reader reads what the client sends after the request
	 * @param target the request target
	 * @param number the number of the request among all of the server, from 1
	 */
	public record Exchange(Socket connection, BufferedReader reader, String target, int number) {

		/**
		 * Send bytes to the client.
		 * @param text the bytes, in ISO 8859-1
		 * @throws IOException if the client has closed the connection
		 */
		public void write(String text) throws IOException {
			this.connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
			this.connection.getOutputStream().flush();
		}

		/**
		 * Wait for the client to send something more.
		 * @param limit the longest wait
		 * @return whether the client has sent something, and not closed the connection
		 * @throws IOException if the connection was reset
		 */
		public boolean awaitRequest(Duration limit) throws IOException {
			this.connection.setSoTimeout((int) limit.toMillis());
			try {
				this.reader.mark(1);
				if (this.reader.read() == -1) {
					throw new IOException("closed by the client");
				}
				this.reader.reset();
				return true;
			}
			catch (SocketTimeoutException ex) {
				return false;
			}
			finally {
				this.connection.setSoTimeout(0);
			}
		}

	}

}
