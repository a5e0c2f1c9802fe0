package io.github.tursospring.benchmarks.process;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

import io.github.tursospring.benchmarks.server.LogServer;

/**
 * The server in its own process.
 */
public final class RemoteServer implements AutoCloseable {

	private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=1g");

	private final HttpClient http = HttpClient.newHttpClient();

	private final ChildJvm jvm;

	private final String baseUrl;

	private int opened;

	private RemoteServer(ChildJvm jvm) {
		this.jvm = jvm;
		this.baseUrl = "http://127.0.0.1:" + jvm.answer();
	}

	/**
	 * Start a server.
	 * @param rows how many rows to prepare: the most that a log can have
	 * @return the server
	 */
	public static RemoteServer start(int rows) {
		return new RemoteServer(ChildJvm.start(OPTIONS, LogServer.class, String.valueOf(rows)));
	}

	/**
	 * Return where the logs are.
	 * @return the base URL
	 */
	public String baseUrl() {
		return this.baseUrl;
	}

	/**
	 * Open a log that stands still.
	 * @param rows how many rows it has
	 * @param latency how long each answer takes
	 * @return its name
	 */
	public String open(int rows, Duration latency) {
		return open(rows, latency, 0, 0);
	}

	/**
	 * Open a log.
	 * @param rows how many rows it has
	 * @param latency how long each answer takes
	 * @param growth how many rows are added after each answer
	 * @param removals how many are removed after each answer
	 * @return its name
	 */
	public String open(int rows, Duration latency, int growth, int removals) {
		this.opened++;
		String name = "log-" + this.opened;
		get("/logs/" + name + "/open?rows=" + rows + "&latency=" + latency.toMillis() + "&growth=" + growth
				+ "&removals=" + removals);
		return name;
	}

	/**
	 * Return what has happened to a log.
	 * @param log its name
	 * @return the statistics
	 */
	public Statistics statistics(String log) {
		Properties properties = new Properties();
		try {
			properties.load(new StringReader(get("/logs/" + log)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Statistics(number(properties, "requests"), number(properties, "newest"),
				number(properties, "oldest"), number(properties, "first-sent"));
	}

	private static long number(Properties properties, String name) {
		return Long.parseLong(properties.getProperty(name));
	}

	private String get(String path) {
		try {
			return this.http
				.send(HttpRequest.newBuilder(URI.create(this.baseUrl + path)).build(), BodyHandlers.ofString())
				.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.jvm.close();
	}

	/**
	 * What has happened to a log.
	 *
	 * @param requests how many pages were asked for
	 * @param newest the number of the newest row when the first page was answered
	 * @param oldest the number of the oldest row that is left
	 * @param firstSentMicros when the last byte of the first page was sent, in
	 * microseconds since 1970
	 */
	public record Statistics(long requests, long newest, long oldest, long firstSentMicros) {
	}

}
