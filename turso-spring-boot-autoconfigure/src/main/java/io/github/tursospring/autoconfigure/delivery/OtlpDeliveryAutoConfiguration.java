package io.github.tursospring.autoconfigure.delivery;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.internal.delivery.OtlpDelivery;
import io.github.tursospring.autoconfigure.ConfigurationRange;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.follow.CheckpointStoreAutoConfiguration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the follower {@code otlp}, which
 * delivers audit logs over OTLP/HTTP if {@code turso.audit-logs.delivery.otlp.endpoint}
 * is set.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = CheckpointStoreAutoConfiguration.class)
@ConditionalOnDelivery(OtlpDeliveryAutoConfiguration.ENDPOINT)
@EnableConfigurationProperties(TursoDeliveryProperties.class)
public final class OtlpDeliveryAutoConfiguration {

	static final String ENDPOINT = "turso.audit-logs.delivery.otlp.endpoint";

	/**
	 * With an exporter.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ OtlpHttpLogRecordExporter.class, HttpSenderProvider.class })
	static class ExporterConfiguration {

		@Bean
		@Conditional(FreeNameCondition.class)
		AuditLogHandler otlp(TursoDeliveryProperties properties) {
			TursoDeliveryProperties.Otlp otlp = properties.getOtlp();
			Duration timeout = ConfigurationRange.check("turso.audit-logs.delivery.otlp.timeout", otlp.getTimeout(),
					Duration.ofMillis(100), Duration.ofMinutes(10));
			otlp.getHeaders().forEach(ExporterConfiguration::checkHeader);
			return new OtlpDelivery(new OtlpDelivery.Settings(endpoint(String.valueOf(otlp.getEndpoint())),
					otlp.getHeaders(), otlp.getCompression().name().toLowerCase(Locale.ROOT), timeout,
					otlp.getFormat() == TursoDeliveryProperties.Format.OCSF), Clock.systemUTC());
		}

		private static URI endpoint(String value) {
			try {
				URI endpoint = URI.create(value.strip());
				boolean http = "http".equalsIgnoreCase(endpoint.getScheme())
						|| "https".equalsIgnoreCase(endpoint.getScheme());
				if (http && endpoint.getHost() != null && endpoint.getUserInfo() == null) {
					return endpoint;
				}
			}
			catch (IllegalArgumentException ex) {
				// is reported below
			}
			throw new TursoConfigurationException("The value of '" + ENDPOINT + "' is not the URL of an OTLP receiver.",
					"Set '" + ENDPOINT + "' to an http or https URL with its path, such as"
							+ " http://localhost:4318/v1/logs, and credentials in"
							+ " 'turso.audit-logs.delivery.otlp.headers'.");
		}

		/** The SDK would show an illegal header with its value. */
		private static void checkHeader(String name, String value) {
			try {
				HttpRequest.newBuilder().header(name, value);
			}
			catch (IllegalArgumentException ex) {
				String key = "turso.audit-logs.delivery.otlp.headers." + name;
				throw new TursoConfigurationException("'" + key + "' is not a header that can be sent.",
						"Look for a line break, or another character that no header may have, in its name and value.");
			}
		}

	}

	/**
	 * Without one.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter")
	static class MissingExporterConfiguration {

		MissingExporterConfiguration() {
			throw new TursoConfigurationException(
					"'" + ENDPOINT + "' is set, but OpenTelemetry's exporter is not on the class path.",
					"Add the dependency io.opentelemetry:opentelemetry-exporter-otlp, whose version Spring Boot manages,"
							+ " or remove the property.");
		}

	}

	/**
	 * With one that is too old.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter")
	@ConditionalOnMissingClass("io.opentelemetry.sdk.common.export.HttpSenderProvider")
	static class OldExporterConfiguration {

		OldExporterConfiguration() {
			throw new TursoConfigurationException(
					"'" + ENDPOINT + "' is set, but OpenTelemetry's exporter on the class path is older than 1.59.",
					"Use Spring Boot 4.1, or set its property 'opentelemetry.version' to 1.62.0.");
		}

	}

}
