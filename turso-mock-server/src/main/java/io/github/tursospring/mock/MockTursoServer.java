package io.github.tursospring.mock;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Turso's audit-log API over HTTP on a free port of the loopback interface, with logs in
 * memory, for tests and for demos without an account. It checks the bearer token, sends
 * pages newest first, with times in whole seconds, and fails on request.
 * <p>
 * One thread serves all connections, delayed and stalled ones included. Safe for use by
 * several threads. {@link #close()} ends the thread, all connections and all schedules.
 *
 * @since 0.1.0
 */
public final class MockTursoServer implements AutoCloseable {

	private static final int MAX_RECORDED = 10_000;

	private final EventLoop eventLoop = new EventLoop();

	private final Deque<MockRequest> requests = new ArrayDeque<>();

	private final Map<String, MockLog> logs = new LinkedHashMap<>();

	private final Map<String, Consumer<MockLog>> initial;

	private final String token;

	private final int port;

	private MockTursoServer(Builder builder) {
		this.token = builder.token;
		this.initial = new LinkedHashMap<>(builder.organizations);
		if (this.initial.isEmpty()) {
			this.initial.put("acme", (log) -> {
			});
		}
		this.initial.forEach((slug, content) -> this.logs.put(slug, new MockLog(slug, this.eventLoop.executor())));
		RequestHandler handler = new RequestHandler(new TursoApi(this.token, this.logs), this.token, builder.latency,
				this::record);
		try {
			reset();
			this.port = this.eventLoop.listen(handler);
		}
		catch (RuntimeException | Error ex) {
			this.eventLoop.close();
			throw ex;
		}
	}

	private void record(MockRequest request) {
		synchronized (this.requests) {
			if (this.requests.size() == MAX_RECORDED) {
				this.requests.removeFirst();
			}
			this.requests.addLast(request);
		}
	}

	/**
	 * Start a server for the organization {@code acme}, whose log is empty.
	 * @return the running server, to be closed after use
	 */
	public static MockTursoServer start() {
		return builder().start();
	}

	/**
	 * Return a builder for a server.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the base URL, to be used in place of {@code https://api.turso.tech}.
	 * @return the URL, without a path
	 */
	public URI baseUrl() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/**
	 * Return the bearer token that requests must carry.
	 * @return the token
	 */
	public String token() {
		return this.token;
	}

	/**
	 * Return the slug of the first organization.
	 * @return the slug
	 */
	public String organization() {
		return log().organization();
	}

	/**
	 * Return the log of the first organization.
	 * @return the log
	 */
	public MockLog log() {
		return this.logs.values().iterator().next();
	}

	/**
	 * Return the log of an organization.
	 * @param organization the slug
	 * @return the log
	 * @throws IllegalArgumentException if the server has no such organization
	 */
	public MockLog log(String organization) {
		MockLog log = this.logs.get(organization);
		if (log == null) {
			throw new IllegalArgumentException(
					"No organization '" + organization + "': the server has " + this.logs.keySet());
		}
		return log;
	}

	/**
	 * Respond to the next requests for the log of the first organization with the given
	 * responses, in order, one each.
	 * @param responses the responses
	 * @see MockLog#enqueue(MockResponse...)
	 */
	public void enqueue(MockResponse... responses) {
		log().enqueue(responses);
	}

	/**
	 * Return the last 10,000 requests that have been received, refused ones included.
	 * @return a copy, in the order of their arrival
	 */
	public List<MockRequest> requests() {
		synchronized (this.requests) {
			return List.copyOf(this.requests);
		}
	}

	/**
	 * Forget the requests received so far.
	 */
	public void clearRequests() {
		synchronized (this.requests) {
			this.requests.clear();
		}
	}

	/**
	 * Reset the server to its initial state: the logs are those of the builder, and there
	 * are no enqueued responses, no schedules and no requests. Open connections stay
	 * open.
	 */
	public void reset() {
		this.logs.forEach((slug, log) -> log.reset(this.initial.get(slug)));
		clearRequests();
	}

	@Override
	public void close() {
		this.logs.values().forEach(MockLog::stop);
		this.eventLoop.close();
	}

	/**
	 * Builder for a {@link MockTursoServer}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private final Map<String, Consumer<MockLog>> organizations = new LinkedHashMap<>();

		private String token = UUID.randomUUID().toString();

		private Duration latency = Duration.ZERO;

		private Builder() {
		}

		/**
		 * Add an organization with an empty log.
		 * @param slug the slug
		 * @return this builder
		 */
		public Builder organization(String slug) {
			return organization(slug, (log) -> {
			});
		}

		/**
		 * Add an organization. The one that is added first is the one that
		 * {@link MockTursoServer#log()} returns.
		 * @param slug the slug
		 * @param content fills the log, at the start and after each
		 * {@linkplain MockTursoServer#reset() reset}
		 * @return this builder
		 */
		public Builder organization(String slug, Consumer<MockLog> content) {
			this.organizations.put(slug, content);
			return this;
		}

		/**
		 * Set the bearer token that requests must carry. Defaults to a random one.
		 * @param token the token
		 * @return this builder
		 */
		public Builder token(String token) {
			this.token = token;
			return this;
		}

		/**
		 * Set the time between a request and its response. Defaults to none.
		 * @param latency the time
		 * @return this builder
		 */
		public Builder latency(Duration latency) {
			this.latency = latency;
			return this;
		}

		/**
		 * Start the server.
		 * @return the running server, to be closed after use
		 */
		public MockTursoServer start() {
			return new MockTursoServer(this);
		}

	}

}
