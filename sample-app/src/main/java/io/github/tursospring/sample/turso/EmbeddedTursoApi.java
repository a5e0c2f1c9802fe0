package io.github.tursospring.sample.turso;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * Turso's audit-log API for one organization, over HTTP on a loopback port, on a log in
 * memory: to run and to test against without an account. Safe for use by several threads.
 */
public final class EmbeddedTursoApi implements AutoCloseable {

	private final String organization;

	private final String token;

	private final AuditLogStore store;

	private final TursoApiHandler handler;

	private final LoopResources loop = LoopResources.create("embedded-turso", 1, true);

	private final DisposableServer server;

	private EmbeddedTursoApi(Builder builder) {
		this.organization = builder.organization;
		this.token = builder.token;
		this.store = new AuditLogStore(builder.entries);
		this.handler = new TursoApiHandler(this.token, this.organization, this.store);
		this.server = HttpServer.create().host("127.0.0.1").port(0).runOn(this.loop).handle(this.handler).bindNow();
	}

	/**
	 * Return a builder for an API of an organization named "acme" with an empty log.
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
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	/**
	 * Return the slug of the organization.
	 * @return the slug
	 */
	public String organization() {
		return this.organization;
	}

	/**
	 * Return the bearer token that requests must carry.
	 * @return the token
	 */
	public String token() {
		return this.token;
	}

	/**
	 * Return how many requests have been made, refused ones included.
	 * @return the number of requests
	 */
	public long requests() {
		return this.handler.requests();
	}

	/**
	 * Add entries at the head of the log, the last one becoming the newest. An entry
	 * older than those that are there goes below the newer ones.
	 * @param entries the entries
	 */
	public void append(LogEntry... entries) {
		append(List.of(entries));
	}

	/**
	 * Add entries as {@link #append(LogEntry...)} does.
	 * @param entries the entries
	 */
	public void append(Collection<LogEntry> entries) {
		entries.forEach(this.store::add);
	}

	@Override
	public void close() {
		this.server.disposeNow();
		this.loop.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
	}

	/**
	 * Builder of embedded APIs. Not safe for use by several threads.
	 */
	public static final class Builder {

		private String organization = "acme";

		private String token = UUID.randomUUID().toString();

		private Collection<LogEntry> entries = List.of();

		private Builder() {
		}

		/**
		 * Set the organization whose log is served.
		 * @param organization the slug
		 * @return this builder
		 */
		public Builder organization(String organization) {
			this.organization = organization;
			return this;
		}

		/**
		 * Set the bearer token that requests must carry; a random one if it is not set.
		 * @param token the token
		 * @return this builder
		 */
		public Builder token(String token) {
			this.token = token;
			return this;
		}

		/**
		 * Set the entries to start with. They are sorted by time; of those that share a
		 * second, the first is the newest.
		 * @param entries the entries, newest first
		 * @return this builder
		 */
		public Builder entries(Collection<LogEntry> entries) {
			this.entries = entries;
			return this;
		}

		/**
		 * Start the API on a free port of the loopback interface.
		 * @return the running API, to be closed after use
		 */
		public EmbeddedTursoApi start() {
			return new EmbeddedTursoApi(this);
		}

	}

}
