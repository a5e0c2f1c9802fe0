package io.github.tursospring.autoconfigure.delivery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for deliveries of Turso's audit logs.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("turso.audit-logs.delivery")
public class TursoDeliveryProperties {

	private final Otlp otlp = new Otlp();

	private final Kafka kafka = new Kafka();

	public Otlp getOtlp() {
		return this.otlp;
	}

	public Kafka getKafka() {
		return this.kafka;
	}

	/**
	 * Delivery over OTLP.
	 */
	public static class Otlp {

		/**
		 * URL of an OTLP/HTTP receiver of logs, with its path, such as
		 * http://localhost:4318/v1/logs. Audit logs are delivered to it unless it is
		 * empty.
		 */
		private @Nullable String endpoint;

		/**
		 * Headers of each request, such as an API key.
		 */
		private final Map<String, String> headers = new LinkedHashMap<>();

		/**
		 * Compression of requests.
		 */
		private Compression compression = Compression.NONE;

		/**
		 * Longest time for a request and its response.
		 */
		private Duration timeout = Duration.ofSeconds(10);

		/**
		 * Body of a log record: Turso's message, or an OCSF event.
		 */
		private Format format = Format.NATIVE;

		public @Nullable String getEndpoint() {
			return this.endpoint;
		}

		public void setEndpoint(@Nullable String endpoint) {
			this.endpoint = endpoint;
		}

		public Map<String, String> getHeaders() {
			return this.headers;
		}

		public Compression getCompression() {
			return this.compression;
		}

		public void setCompression(Compression compression) {
			this.compression = compression;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public Format getFormat() {
			return this.format;
		}

		public void setFormat(Format format) {
			this.format = format;
		}

	}

	/**
	 * Delivery to Kafka.
	 */
	public static class Kafka {

		/**
		 * Name of the topic. Audit logs are delivered to it unless it is empty.
		 */
		private @Nullable String topic;

		/**
		 * Value of a record: Turso's fields and the entry's id, or an OCSF event.
		 */
		private Format format = Format.NATIVE;

		public @Nullable String getTopic() {
			return this.topic;
		}

		public void setTopic(@Nullable String topic) {
			this.topic = topic;
		}

		public Format getFormat() {
			return this.format;
		}

		public void setFormat(Format format) {
			this.format = format;
		}

	}

	/**
	 * Formats of delivered entries.
	 */
	public enum Format {

		/**
		 * Turso's fields.
		 */
		NATIVE,

		/**
		 * Events of the Open Cybersecurity Schema Framework.
		 */
		OCSF

	}

	/**
	 * Compressions of requests.
	 */
	public enum Compression {

		/**
		 * Compress with gzip.
		 */
		GZIP,

		/**
		 * Do not compress.
		 */
		NONE

	}

}
