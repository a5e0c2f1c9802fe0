package io.github.tursospring.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * An HTTP proxy that tunnels ({@code CONNECT}) to wherever it is asked to, if it is told
 * the right password. It stands between the client and {@code MockTursoServer}, which is
 * an origin server and no proxy.
 */
public final class TunnelProxy implements AutoCloseable {

	private final ServerSocket socket;

	private final @Nullable String credentials;

	private final List<String> targets = new CopyOnWriteArrayList<>();

	private TunnelProxy(@Nullable String credentials) {
		this.credentials = credentials;
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		startThread(this::serve);
	}

	/**
	 * Start a proxy that is open to all.
	 * @return the proxy
	 */
	public static TunnelProxy open() {
		return new TunnelProxy(null);
	}

	/**
	 * Start a proxy that asks for a password.
	 * @param user the name of the user
	 * @param password the password
	 * @return the proxy
	 */
	public static TunnelProxy protectedBy(String user, String password) {
		return new TunnelProxy("Basic "
				+ Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Return where it has tunneled to.
	 * @return hosts and ports, one for each tunnel
	 */
	public List<String> targets() {
		return List.copyOf(this.targets);
	}

	private void serve() {
		while (!this.socket.isClosed()) {
			try {
				Socket client = this.socket.accept();
				startThread(() -> tunnel(client));
			}
			catch (IOException ex) {
				// The test has ended
			}
		}
	}

	private void tunnel(Socket client) {
		try (client) {
			String[] target = readTarget(client);
			if (target == null) {
				answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"");
				return;
			}
			try (Socket server = new Socket(target[0], Integer.parseInt(target[1]))) {
				this.targets.add(String.join(":", target));
				answer(client, "200 Connection established");
				Thread back = startThread(() -> copy(server, client));
				copy(client, server);
				back.join();
			}
		}
		catch (IOException ex) {
			// One of them has hung up
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private String @Nullable [] readTarget(Socket client) throws IOException {
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
		String[] request = StringUtils.delimitedListToStringArray(reader.readLine(), " ");
		if (!request[0].equals("CONNECT")) {
			throw new IOException("This proxy only tunnels: " + request[0]);
		}
		boolean allowed = this.credentials == null;
		for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
			allowed |= line.equalsIgnoreCase("proxy-authorization: " + this.credentials);
		}
		return allowed ? StringUtils.delimitedListToStringArray(request[1], ":") : null;
	}

	private static void answer(Socket client, String status) throws IOException {
		client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
		client.getOutputStream().flush();
	}

	private static void copy(Socket from, Socket to) {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// One of them has hung up
		}
	}

	private static Thread startThread(Runnable task) {
		Thread thread = new Thread(task, "tunnel-proxy");
		thread.setDaemon(true);
		thread.start();
		return thread;
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
