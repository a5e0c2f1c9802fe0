package io.github.tursospring.autoconfigure;

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.internal.DefaultAuditLogClient;
import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.http.RetryPolicy;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.reading.ReadingObserver;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link AuditLogClient}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class })
@ConditionalOnClass({ WebClient.class, ClientHttpConnectorBuilder.class })
@ConditionalOnBooleanProperty(name = "turso.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ TursoProperties.class, TursoFollowProperties.class })
public final class TursoAutoConfiguration {

	private static final Log logger = LogFactory.getLog(TursoAutoConfiguration.class);

	private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration MAX_FOLLOW_BACKOFF = Duration.ofMinutes(1);

	private static final Duration LEAST_POLL_INTERVAL = Duration.ofMillis(100);

	private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(30);

	@Bean
	@ConditionalOnMissingBean(TursoConnectionDetails.class)
	PropertiesTursoConnectionDetails tursoConnectionDetails(TursoProperties properties, TursoFollowProperties follow,
			ObjectProvider<SslBundles> sslBundles) {
		return new PropertiesTursoConnectionDetails(properties, follow, sslBundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean(AuditLogClient.class)
	DefaultAuditLogClient auditLogClient(TursoProperties properties, TursoFollowProperties follow,
			TursoConnectionDetails connectionDetails, ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder,
			ObjectProvider<HttpClientSettings> httpClientSettings, ObjectProvider<TursoWebClientCustomizer> customizers,
			ObjectProvider<ReadingObserver> observers) {
		TursoConnection connection = TursoConnection.of(connectionDetails);
		HttpClientSettings settings = settings(properties, connection,
				httpClientSettings.getIfAvailable(HttpClientSettings::defaults));
		Supplier<WebClient> webClient = () -> {
			WebClient.Builder builder = webClientBuilder.getIfAvailable(WebClient::builder)
				.baseUrl(connection.baseUrl())
				.clientConnector(connectorBuilder.getIfAvailable(ClientHttpConnectorBuilder::detect).build(settings))
				.codecs((codecs) -> codecs.defaultCodecs().enableLoggingRequestDetails(false));
			customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
			return builder.build();
		};
		int pageSize = inRange("turso.audit-logs.page-size", properties.getAuditLogs().getPageSize(), 1, 1000);
		int concurrency = inRange("turso.audit-logs.concurrency", properties.getAuditLogs().getConcurrency(), 1, 64);
		AuditLogEndpoint endpoint = new AuditLogEndpoint(webClient, connection.apiToken(),
				retryPolicy(properties.getRetry()), maxResponseSize(properties.getMaxResponseSize()));
		logStart(connection, pageSize);
		return new DefaultAuditLogClient(endpoint, connection.organization(), pageSize, concurrency,
				followSettings(follow, properties.getRetry()),
				ReadingObserver.allOf(observers.orderedStream().toList()));
	}

	private static FollowSettings followSettings(TursoFollowProperties follow, TursoProperties.Retry retry) {
		Duration maxRetryAfter = retry.getMaxRetryAfter();
		return new FollowSettings(
				ConfigurationRange.check("turso.audit-logs.follow.poll-interval", follow.getPollInterval(),
						LEAST_POLL_INTERVAL, Duration.ofDays(1)),
				ConfigurationRange.check("turso.audit-logs.follow.lookback", follow.getLookback(), Duration.ZERO,
						Duration.ofDays(1)),
				(maxRetryAfter.compareTo(MAX_FOLLOW_BACKOFF) > 0) ? maxRetryAfter : MAX_FOLLOW_BACKOFF);
	}

	private static HttpClientSettings settings(TursoProperties properties, TursoConnection connection,
			HttpClientSettings defaults) {
		HttpClientSettings settings = defaults.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withTimeouts(firstOf(properties.getConnectTimeout(), defaults.connectTimeout(), DEFAULT_CONNECT_TIMEOUT),
					firstOf(properties.getReadTimeout(), defaults.readTimeout(), DEFAULT_READ_TIMEOUT));
		return (connection.sslBundle() != null) ? settings.withSslBundle(connection.sslBundle()) : settings;
	}

	private static Duration firstOf(@Nullable Duration first, @Nullable Duration second, Duration last) {
		return (first != null) ? first : (second != null) ? second : last;
	}

	private static RetryPolicy retryPolicy(TursoProperties.Retry retry) {
		inRange("turso.retry.max-retries", retry.getMaxRetries(), 0, 100);
		return new RetryPolicy(retry.getMaxRetries(), retry.getDelay(), retry.getMultiplier(), retry.getMaxDelay(),
				retry.getMaxRetryAfter());
	}

	private static int maxResponseSize(DataSize size) {
		return (int) Math.min(Math.max(size.toBytes(), 1), Integer.MAX_VALUE);
	}

	private static int inRange(String key, int value, int least, int most) {
		if (value < least || value > most) {
			throw new TursoConfigurationException("The value " + value + " of '" + key + "' is out of range.",
					"Set '" + key + "' to a number from " + least + " to " + most + ".");
		}
		return value;
	}

	private static void logStart(TursoConnection connection, int pageSize) {
		if (logger.isInfoEnabled()) {
			String organization = (connection.organization() != null)
					? "of organization '" + connection.organization() + "'"
					: "of the organization that each query names";
			logger.info("Reading the Turso audit log " + organization + " from " + connection.baseUrl() + ", "
					+ pageSize + " entries a page");
		}
	}

}
