package io.github.tursospring.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for reading Turso's audit logs.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("turso")
public class TursoProperties {

	/**
	 * Whether to configure a client for Turso's audit logs.
	 */
	private boolean enabled = true;

	/**
	 * API token to authenticate with, of a member of the organization.
	 */
	private @Nullable String apiToken;

	/**
	 * Slug of the organization whose audit log is read. Set it to an empty value if every
	 * query names its own.
	 */
	private @Nullable String organization;

	/**
	 * Base URL of Turso's API. Must be https, or http to a loopback host.
	 */
	private String baseUrl = "https://api.turso.tech";

	/**
	 * Time to establish a connection. Defaults to that of spring.http.clients, or else to
	 * 5 seconds.
	 */
	private @Nullable Duration connectTimeout;

	/**
	 * Time to wait for more data of a response. Defaults to that of spring.http.clients,
	 * or else to 30 seconds.
	 */
	private @Nullable Duration readTimeout;

	/**
	 * Time limit for a complete response, from the request to the last byte. Each retry
	 * has the same limit again.
	 */
	private Duration responseTimeout = Duration.ofSeconds(60);

	/**
	 * Largest response body to accept. Decoding takes up to 8 times as much memory.
	 */
	private DataSize maxResponseSize = DataSize.ofMegabytes(16);

	private final Ssl ssl = new Ssl();

	private final Retry retry = new Retry();

	private final AuditLogs auditLogs = new AuditLogs();

	private final Health health = new Health();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getApiToken() {
		return this.apiToken;
	}

	public void setApiToken(@Nullable String apiToken) {
		this.apiToken = apiToken;
	}

	public @Nullable String getOrganization() {
		return this.organization;
	}

	public void setOrganization(@Nullable String organization) {
		this.organization = organization;
	}

	public String getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(String baseUrl) {
		this.baseUrl = baseUrl;
	}

	public @Nullable Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(@Nullable Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public @Nullable Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(@Nullable Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	public Duration getResponseTimeout() {
		return this.responseTimeout;
	}

	public void setResponseTimeout(Duration responseTimeout) {
		this.responseTimeout = responseTimeout;
	}

	public DataSize getMaxResponseSize() {
		return this.maxResponseSize;
	}

	public void setMaxResponseSize(DataSize maxResponseSize) {
		this.maxResponseSize = maxResponseSize;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Retry getRetry() {
		return this.retry;
	}

	public AuditLogs getAuditLogs() {
		return this.auditLogs;
	}

	public Health getHealth() {
		return this.health;
	}

	/**
	 * SSL of the connection.
	 */
	public static class Ssl {

		/**
		 * Name of the SSL bundle to use.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

	/**
	 * Retries of a page.
	 */
	public static class Retry {

		/**
		 * Maximum number of retries of a page that failed for a transient reason.
		 */
		private int maxRetries = 4;

		/**
		 * Wait before the first retry. All waits but those that Turso asks for are
		 * shortened at random by up to a half.
		 */
		private Duration delay = Duration.ofMillis(200);

		/**
		 * Factor by which each further wait is longer.
		 */
		private double multiplier = 2;

		/**
		 * Longest of the client's own waits.
		 */
		private Duration maxDelay = Duration.ofSeconds(10);

		/**
		 * Longest wait that Turso may ask for in a Retry-After header. If it asks for
		 * more, the request fails at once, and further requests pause for this long.
		 */
		private Duration maxRetryAfter = Duration.ofSeconds(60);

		public int getMaxRetries() {
			return this.maxRetries;
		}

		public void setMaxRetries(int maxRetries) {
			this.maxRetries = maxRetries;
		}

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public Duration getMaxRetryAfter() {
			return this.maxRetryAfter;
		}

		public void setMaxRetryAfter(Duration maxRetryAfter) {
			this.maxRetryAfter = maxRetryAfter;
		}

	}

	/**
	 * Reading of audit logs.
	 */
	public static class AuditLogs {

		/**
		 * Number of entries to request in a page, from 1 to 1000. The server may apply
		 * fewer.
		 */
		private int pageSize = 100;

		/**
		 * Number of pages that a stream may fetch at a time.
		 */
		private int concurrency = 1;

		public int getPageSize() {
			return this.pageSize;
		}

		public void setPageSize(int pageSize) {
			this.pageSize = pageSize;
		}

		public int getConcurrency() {
			return this.concurrency;
		}

		public void setConcurrency(int concurrency) {
			this.concurrency = concurrency;
		}

	}

	/**
	 * Health of the connection.
	 */
	public static class Health {

		/**
		 * How long a health result is cached, so that probes do not use up the rate
		 * limit.
		 */
		private Duration cacheTtl = Duration.ofSeconds(10);

		/**
		 * Time limit of a health check.
		 */
		private Duration timeout = Duration.ofSeconds(5);

		public Duration getCacheTtl() {
			return this.cacheTtl;
		}

		public void setCacheTtl(Duration cacheTtl) {
			this.cacheTtl = cacheTtl;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

}
