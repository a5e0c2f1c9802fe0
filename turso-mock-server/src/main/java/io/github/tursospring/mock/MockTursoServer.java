package io.github.tursospring.mock;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;

/**
 * Turso's audit-log API over HTTP on a free port of the loopback interface, with logs in
 * memory: to test against, and to run demos without an account. It checks the bearer
 * token, sends pages newest first, keeps whole seconds, and fails when told to.
 * <p>
 * One thread serves all connections, delayed and stalled ones included. Safe for use by
 * several threads. {@link #close()} ends the thread, all connections and all schedules.
 *
 * @since 0.1.0
 */
public final class MockTursoServer implements AutoCloseable {

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, this::newThread,
			NioIoHandler.newFactory());

	private final List<MockRequest> requests = new CopyOnWriteArrayList<>();

	private final Map<String, MockLog> logs = new LinkedHashMap<>();

	private final Map<String, Consumer<MockLog>> initial;

	private final String token;

	private final Channel channel;

	private MockTursoServer(Builder builder) {
		this.token = builder.token;
		this.initial = new LinkedHashMap<>(builder.organizations);
		if (this.initial.isEmpty()) {
			this.initial.put("acme", (log) -> {
			});
		}
		this.initial.forEach((slug, content) -> this.logs.put(slug, new MockLog(slug, this.eventLoop)));
		RequestHandler handler = new RequestHandler(new TursoApi(this.token, this.logs), this.token, builder.latency,
				this.requests::add);
		try {
			reset();
			this.channel = bind(handler);
		}
		catch (RuntimeException | Error ex) {
			shutDown();
			throw ex;
		}
	}

	private Channel bind(RequestHandler handler) {
		return new ServerBootstrap().group(this.eventLoop)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					channel.pipeline()
						.addLast(new HttpServerCodec(), new HttpServerKeepAliveHandler(),
								new HttpObjectAggregator(64 * 1024), handler);
				}

			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.syncUninterruptibly()
			.channel();
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
		return URI.create("http://127.0.0.1:" + ((InetSocketAddress) this.channel.localAddress()).getPort());
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
	 * Answer the next requests for the log of the first organization with the given
	 * responses, in their order, one each.
	 * @param responses the responses
	 * @see MockLog#enqueue(MockResponse...)
	 */
	public void enqueue(MockResponse... responses) {
		log().enqueue(responses);
	}

	/**
	 * Return the requests that have been received, refused ones included.
	 * @return a copy, in the order of their arrival
	 */
	public List<MockRequest> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * Forget the requests received so far.
	 */
	public void clearRequests() {
		this.requests.clear();
	}

	/**
	 * Return to the state in which the server was started: the logs are those of the
	 * builder, and there are no enqueued responses, no schedules and no requests. Open
	 * connections stay open.
	 */
	public void reset() {
		this.logs.forEach((slug, log) -> log.reset(this.initial.get(slug)));
		clearRequests();
	}

	@Override
	public void close() {
		this.logs.values().forEach(MockLog::stop);
		shutDown();
	}

	private Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "mock-turso");
		thread.setDaemon(true);
		this.threads.add(thread);
		return thread;
	}

	private void shutDown() {
		this.eventLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
		try {
			for (Thread thread : this.threads) {
				thread.join(TimeUnit.SECONDS.toMillis(5));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
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
