package io.github.tursospring.auditlog.internal;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.http.EndpointSettings;
import io.github.tursospring.auditlog.internal.http.InformationalResponses;
import io.github.tursospring.auditlog.internal.http.RetryPolicy;
import io.github.tursospring.auditlog.internal.observation.MeteredReadings;
import io.github.tursospring.auditlog.internal.observation.ObservedReadings;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.observation.ReadingObserver;

/**
 * Default {@link io.github.tursospring.auditlog.AuditLogClient.Builder}.
 */
public final class DefaultAuditLogClientBuilder implements AuditLogClient.Builder {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private static final Duration DAY = Duration.ofDays(1);

	private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

	private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|.+\\.localhost");

	private static final Duration LEAST_MAX_FOLLOW_BACKOFF = Duration.ofMinutes(1);

	private Supplier<? extends WebClient.Builder> webClient = DefaultAuditLogClientBuilder::defaultWebClient;

	private URI baseUrl = AuditLogClient.DEFAULT_BASE_URL;

	private @Nullable String apiToken;

	private @Nullable String organization;

	private int pageSize = 100;

	private int concurrency = 1;

	private DataSize maxResponseSize = DataSize.ofMegabytes(16);

	private int maxRetries = 4;

	private Duration retryDelay = Duration.ofMillis(200);

	private double retryMultiplier = 2;

	private Duration maxRetryDelay = Duration.ofSeconds(10);

	private Duration maxRetryAfter = Duration.ofSeconds(60);

	private Duration responseTimeout = EndpointSettings.DEFAULT_RESPONSE_TIMEOUT;

	private Duration pollInterval = Duration.ofSeconds(30);

	private Duration lookback = Duration.ofSeconds(60);

	private @Nullable ObservationRegistry observationRegistry;

	private @Nullable MeterRegistry meterRegistry;

	@Override
	public DefaultAuditLogClientBuilder webClient(Supplier<? extends WebClient.Builder> webClient) {
		this.webClient = webClient;
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder baseUrl(URI baseUrl) {
		String scheme = (baseUrl.getScheme() != null) ? baseUrl.getScheme().toLowerCase(Locale.ROOT) : "";
		Assert.isTrue(Set.of("http", "https").contains(scheme) && baseUrl.getHost() != null,
				"baseUrl must start with https:// and a host");
		Assert.isTrue(
				baseUrl.getRawUserInfo() == null && baseUrl.getRawQuery() == null && baseUrl.getRawFragment() == null,
				"baseUrl must not contain a user, a query or a fragment");
		Assert.isTrue(scheme.equals("https") || LOOPBACK.matcher(baseUrl.getHost().toLowerCase(Locale.ROOT)).matches(),
				() -> "baseUrl is plain http to '" + baseUrl.getHost()
						+ "', which would send the API token unencrypted: http is allowed for loopback hosts only");
		this.baseUrl = baseUrl;
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder apiToken(String apiToken) {
		Assert.isTrue(TOKEN.matcher(apiToken).matches(),
				"apiToken must not be empty or contain white space or other characters that no token has");
		this.apiToken = apiToken;
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder organization(@Nullable String organization) {
		this.organization = AuditLogQuery.builder().organization(organization).build().organization();
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder pageSize(int pageSize) {
		this.pageSize = inRange("pageSize", pageSize, 1, 1000);
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder concurrency(int concurrency) {
		this.concurrency = inRange("concurrency", concurrency, 1, 64);
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder maxResponseSize(DataSize maxResponseSize) {
		Assert.isTrue(maxResponseSize.toBytes() > 0, "maxResponseSize must be positive");
		this.maxResponseSize = maxResponseSize;
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder maxRetries(int maxRetries) {
		this.maxRetries = inRange("maxRetries", maxRetries, 0, 100);
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder retryBackoff(Duration delay, double multiplier, Duration maxDelay) {
		Assert.isTrue(multiplier >= 1 && multiplier <= 100,
				() -> "multiplier must be from 1 to 100, not " + multiplier);
		this.retryDelay = inRange("delay", delay, MILLISECOND);
		this.retryMultiplier = multiplier;
		this.maxRetryDelay = inRange("maxDelay", maxDelay, MILLISECOND);
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder responseTimeout(Duration responseTimeout) {
		this.responseTimeout = inRange("responseTimeout", responseTimeout, MILLISECOND);
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder maxRetryAfter(Duration maxRetryAfter) {
		this.maxRetryAfter = inRange("maxRetryAfter", maxRetryAfter, Duration.ZERO);
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder pollInterval(Duration pollInterval) {
		this.pollInterval = inRange("pollInterval", pollInterval, MILLISECOND);
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder lookback(Duration lookback) {
		this.lookback = inRange("lookback", lookback, Duration.ZERO);
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder observationRegistry(ObservationRegistry observationRegistry) {
		this.observationRegistry = observationRegistry;
		return this;
	}

	@Override
	public DefaultAuditLogClientBuilder meterRegistry(MeterRegistry meterRegistry) {
		this.meterRegistry = meterRegistry;
		return this;
	}

	@Override
	public AuditLogClient build() {
		Assert.state(this.apiToken != null, "An API token is required: set apiToken");
		RetryPolicy retries = new RetryPolicy(this.maxRetries, this.retryDelay, this.retryMultiplier,
				this.maxRetryDelay, this.maxRetryAfter);
		AuditLogEndpoint endpoint = new AuditLogEndpoint(webClient(this.webClient, this.baseUrl), this.apiToken,
				new EndpointSettings(retries, (int) Math.min(this.maxResponseSize.toBytes(), Integer.MAX_VALUE),
						this.responseTimeout));
		return new DefaultAuditLogClient(endpoint, this.organization, this.pageSize, this.concurrency,
				new FollowSettings(this.pollInterval, this.lookback, maxFollowBackoff()), observer());
	}

	/** A follow waits for at most as long as a request may be asked to. */
	private Duration maxFollowBackoff() {
		return (this.maxRetryAfter.compareTo(LEAST_MAX_FOLLOW_BACKOFF) > 0) ? this.maxRetryAfter
				: LEAST_MAX_FOLLOW_BACKOFF;
	}

	private static WebClient.Builder defaultWebClient() {
		return defaultWebClient(DefaultAuditLogClientBuilder.class.getClassLoader());
	}

	/** The JDK's client follows no redirects, as others may do unless they are told. */
	static WebClient.Builder defaultWebClient(@Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent("reactor.netty.http.client.HttpClient", classLoader) ? ReactorNetty.webClient()
				: WebClient.builder().clientConnector(new JdkClientHttpConnector());
	}

	private static Supplier<WebClient> webClient(Supplier<? extends WebClient.Builder> builder, URI baseUrl) {
		return () -> builder.get()
			.baseUrl(baseUrl.toString().replaceAll("/+$", ""))
			.codecs((codecs) -> codecs.defaultCodecs().enableLoggingRequestDetails(false))
			.build();
	}

	private ReadingObserver observer() {
		List<ReadingObserver> observers = new ArrayList<>();
		if (this.observationRegistry != null) {
			observers.add(new ObservedReadings(this.observationRegistry));
		}
		if (this.meterRegistry != null) {
			observers.add(new MeteredReadings(this.meterRegistry));
		}
		return ReadingObserver.allOf(observers);
	}

	private static Duration inRange(String name, Duration value, Duration least) {
		Assert.isTrue(value.compareTo(least) >= 0 && value.compareTo(DAY) <= 0,
				() -> name + " must be from " + least.toMillis() + " ms to " + DAY.toDays() + " day, not " + value);
		return value;
	}

	private static int inRange(String name, int value, int least, int most) {
		Assert.isTrue(value >= least && value <= most,
				() -> name + " must be from " + least + " to " + most + ", not " + value);
		return value;
	}

	/** Reactor Netty need not be on the class path. */
	private static final class ReactorNetty {

		static WebClient.Builder webClient() {
			HttpClient httpClient = InformationalResponses.discardedBy(HttpClient.create());
			return WebClient.builder().clientConnector(new ReactorClientHttpConnector(httpClient));
		}

	}

}
