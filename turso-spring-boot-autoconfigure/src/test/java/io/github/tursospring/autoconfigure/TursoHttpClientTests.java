package io.github.tursospring.autoconfigure;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ClientHttpConnector;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.test.TunnelProxy;

import static io.github.tursospring.autoconfigure.ClientAssertions.assertFails;
import static io.github.tursospring.autoconfigure.ClientAssertions.assertReads;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the client takes over from Boot's HTTP clients: time-outs, and the customizers
 * that proxies are set by.
 */
class TursoHttpClientTests {

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance().build();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, HttpClientAutoConfiguration.class))
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme", "turso.retry.max-retries=0",
				"turso.base-url=http://localhost:" + server.getPort());

	@ParameterizedTest
	@CsvSource({ "turso.enabled=true, 5s, 30s", "spring.http.clients.connect-timeout=7s, 7s, 30s",
			"spring.http.clients.read-timeout=8s, 5s, 8s", "turso.connect-timeout=9s, 9s, 30s",
			"turso.read-timeout=10s, 5s, 10s",
			"turso.connect-timeout=1s;spring.http.clients.connect-timeout=7s;spring.http.clients.read-timeout=8s, 1s, 8s" })
	void timeoutsShouldBeThoseOfTursoElseBootElseDefaults(String properties, String connect, String read) {
		stub(0);
		this.runner.withUserConfiguration(RecordingConfiguration.class)
			.withPropertyValues(properties.split(";", -1))
			.run((context) -> {
				assertReads(context.getBean(AuditLogClient.class), "read");
				HttpClientSettings settings = context.getBean(RecordingConnectorBuilder.class).settings;
				assertThat(settings.connectTimeout()).isEqualTo(Duration.parse("PT" + connect));
				assertThat(settings.readTimeout()).isEqualTo(Duration.parse("PT" + read));
				assertThat(settings.redirects()).isEqualTo(HttpRedirects.DONT_FOLLOW);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void runWithReadTimeoutShouldFailAfterIt(String connector) {
		stub(2000);
		this.runner
			.withPropertyValues("turso.read-timeout=300ms", "spring.http.clients.reactive.connector=" + connector)
			.run((context) -> assertFails(context.getBean(AuditLogClient.class), "turso.read-timeout"));
	}

	/** Jetty's fails where a request is cancelled while it begins. */
	@Test
	void runWithConnectorThatFailsToCancelShouldFailAfterTimeLimit() {
		this.runner.withUserConfiguration(FailingToCancelConfiguration.class)
			.withPropertyValues("turso.response-timeout=100ms")
			.run((context) -> assertFails(context.getBean(AuditLogClient.class), "turso.response-timeout"));
	}

	@Test
	void runWithProxyShouldReadThroughIt() {
		stub(0);
		try (TunnelProxy proxy = TunnelProxy.open()) {
			this.runner
				.withBean(ClientHttpConnectorBuilderCustomizer.class,
						() -> new ProxyCustomizer(proxy, "nobody", "nothing"))
				.run((context) -> assertReads(context.getBean(AuditLogClient.class), "read"));
			assertThat(proxy.targets()).containsExactly("localhost:" + server.getPort());
		}
	}

	@Test
	void runWithProxyThatAsksForPasswordShouldSendIt() {
		stub(0);
		try (TunnelProxy proxy = TunnelProxy.protectedBy("user", "password")) {
			this.runner
				.withBean(ClientHttpConnectorBuilderCustomizer.class,
						() -> new ProxyCustomizer(proxy, "user", "password"))
				.run((context) -> assertReads(context.getBean(AuditLogClient.class), "read"));
			assertThat(proxy.targets()).hasSize(1);
		}
	}

	@Test
	void fetchWhenProxyRefusesShouldNameIt() {
		stub(0);
		try (TunnelProxy proxy = TunnelProxy.protectedBy("user", "password")) {
			this.runner
				.withBean(ClientHttpConnectorBuilderCustomizer.class, () -> new ProxyCustomizer(proxy, "user", "wrong"))
				.run((context) -> assertFails(context.getBean(AuditLogClient.class),
						"407 Proxy Authentication Required"));
			assertThat(proxy.targets()).isEmpty();
			assertThat(server.getAllServeEvents()).isEmpty();
		}
	}

	@Test
	void runWithProxyOfSystemPropertiesShouldReadThroughIt() {
		stub(0);
		try (TunnelProxy proxy = TunnelProxy.open()) {
			this.runner.withUserConfiguration(SystemProxyConfiguration.class)
				.withSystemProperties("https.proxyHost=127.0.0.1", "https.proxyPort=" + proxy.port(),
						"http.nonProxyHosts=none.example")
				.run((context) -> assertReads(context.getBean(AuditLogClient.class), "read"));
			assertThat(proxy.targets()).hasSize(1);
		}
	}

	private static void stub(int delay) {
		server.stubFor(WireMock.get(WireMock.urlPathEqualTo("/v1/organizations/acme/audit-logs"))
			.willReturn(WireMock.okJson("{\"audit_logs\": [{\"message\": \"read\"}]}").withFixedDelay(delay)));
	}

	static class ProxyCustomizer implements ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> {

		private final TunnelProxy proxy;

		private final String user;

		private final String password;

		ProxyCustomizer(TunnelProxy proxy, String user, String password) {
			this.proxy = proxy;
			this.user = user;
			this.password = password;
		}

		@Override
		public ReactorClientHttpConnectorBuilder customize(ReactorClientHttpConnectorBuilder builder) {
			return builder.withHttpClientCustomizer(
					(httpClient) -> httpClient.proxy((proxy) -> proxy.type(ProxyProvider.Proxy.HTTP)
						.host("127.0.0.1")
						.port(this.proxy.port())
						.username(this.user)
						.password((username) -> this.password)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SystemProxyConfiguration {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> proxy() {
			return (connector) -> connector.withHttpClientCustomizer(HttpClient::proxyWithSystemProperties);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RecordingConfiguration {

		@Bean
		RecordingConnectorBuilder connectorBuilder() {
			return new RecordingConnectorBuilder();
		}

	}

	static class RecordingConnectorBuilder implements ClientHttpConnectorBuilder<ClientHttpConnector> {

		HttpClientSettings settings = HttpClientSettings.defaults();

		@Override
		public ClientHttpConnector build(HttpClientSettings settings) {
			this.settings = settings;
			return ClientHttpConnectorBuilder.reactor().build(settings);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingToCancelConfiguration {

		@Bean
		ClientHttpConnectorBuilder<ClientHttpConnector> connectorBuilder() {
			return (settings) -> (method, uri, callback) -> Mono
				.from((subscriber) -> subscriber.onSubscribe(new Subscription() {

					@Override
					public void request(long count) {
					}

					@Override
					public void cancel() {
						throw new IllegalStateException("Failed to cancel");
					}

				}));
		}

	}

}
