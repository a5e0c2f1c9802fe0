package io.github.tursospring.autoconfigure;

import java.time.Duration;

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
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.lang.Contract;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLogClient;

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

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private static final Duration DAY = Duration.ofDays(1);

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
	TursoHttpClient tursoHttpClient(ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder) {
		return new TursoHttpClient(() -> webClientBuilder.getIfAvailable(WebClient::builder),
				connectorBuilder.getIfAvailable(ClientHttpConnectorBuilder::detect));
	}

	@Bean
	@ConditionalOnMissingBean
	AuditLogClient auditLogClient(TursoProperties properties, TursoFollowProperties follow,
			TursoConnectionDetails connectionDetails, TursoHttpClient httpClient,
			ObjectProvider<HttpClientSettings> httpClientSettings, ObjectProvider<TursoWebClientCustomizer> customizers,
			ObjectProvider<AuditLogClientBuilderCustomizer> builderCustomizers) {
		HttpClientSettings settings = settings(properties, connectionDetails,
				httpClientSettings.getIfAvailable(HttpClientSettings::defaults));
		AuditLogClient.Builder builder = TursoConnection.connect(AuditLogClient.builder(), connectionDetails)
			.webClient(() -> {
				WebClient.Builder webClient = httpClient.builder(settings);
				customizers.orderedStream().forEach((customizer) -> customizer.customize(webClient));
				return webClient;
			});
		apply(properties, builder);
		apply(follow, builder);
		builderCustomizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		logStart(connectionDetails, properties.getAuditLogs().getPageSize());
		return builder.build();
	}

	private static void apply(TursoProperties properties, AuditLogClient.Builder builder) {
		TursoProperties.AuditLogs auditLogs = properties.getAuditLogs();
		TursoProperties.Retry retry = properties.getRetry();
		builder.pageSize(ConfigurationRange.check("turso.audit-logs.page-size", auditLogs.getPageSize(), 1, 1000))
			.concurrency(ConfigurationRange.check("turso.audit-logs.concurrency", auditLogs.getConcurrency(), 1, 64))
			.maxResponseSize(maxResponseSize(properties.getMaxResponseSize()))
			.responseTimeout(check("turso.response-timeout", properties.getResponseTimeout(), MILLISECOND))
			.maxRetries(ConfigurationRange.check("turso.retry.max-retries", retry.getMaxRetries(), 0, 100))
			.retryBackoff(check("turso.retry.delay", retry.getDelay(), MILLISECOND),
					ConfigurationRange.check("turso.retry.multiplier", retry.getMultiplier(), 1, 100),
					check("turso.retry.max-delay", retry.getMaxDelay(), MILLISECOND))
			.maxRetryAfter(check("turso.retry.max-retry-after", retry.getMaxRetryAfter(), Duration.ZERO));
	}

	private static void apply(TursoFollowProperties follow, AuditLogClient.Builder builder) {
		builder
			.pollInterval(check("turso.audit-logs.follow.poll-interval", follow.getPollInterval(), LEAST_POLL_INTERVAL))
			.lookback(check("turso.audit-logs.follow.lookback", follow.getLookback(), Duration.ZERO));
	}

	private static HttpClientSettings settings(TursoProperties properties, TursoConnectionDetails connectionDetails,
			HttpClientSettings defaults) {
		HttpClientSettings settings = defaults.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withTimeouts(
					firstOf(check("turso.connect-timeout", properties.getConnectTimeout(), MILLISECOND),
							defaults.connectTimeout(), DEFAULT_CONNECT_TIMEOUT),
					firstOf(check("turso.read-timeout", properties.getReadTimeout(), MILLISECOND),
							defaults.readTimeout(), DEFAULT_READ_TIMEOUT));
		SslBundle sslBundle = connectionDetails.getSslBundle();
		return (sslBundle != null) ? settings.withSslBundle(sslBundle) : settings;
	}

	private static Duration firstOf(@Nullable Duration first, @Nullable Duration second, Duration last) {
		return (first != null) ? first : (second != null) ? second : last;
	}

	private static DataSize maxResponseSize(DataSize size) {
		return (size.toBytes() < 1) ? DataSize.ofBytes(1) : size;
	}

	@Contract("_, !null, _ -> !null")
	private static @Nullable Duration check(String key, @Nullable Duration value, Duration least) {
		return (value != null) ? ConfigurationRange.check(key, value, least, DAY) : null;
	}

	private static void logStart(TursoConnectionDetails connectionDetails, int pageSize) {
		if (logger.isInfoEnabled()) {
			String organization = (connectionDetails.getOrganization() != null)
					? "of organization '" + connectionDetails.getOrganization() + "'"
					: "of the organization that each query names";
			logger.info("Reading the Turso audit log " + organization + " from " + connectionDetails.getBaseUrl()
					+ " in pages of " + pageSize + " entries");
		}
	}

}
