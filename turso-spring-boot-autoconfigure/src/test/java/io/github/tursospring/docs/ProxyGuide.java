package io.github.tursospring.docs;

import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;

/**
 * The code of {@code docs/guide/tls-and-proxies.md}.
 */
class ProxyGuide {

	// @formatter:off
	static class OfProxy {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> proxy() {
			return (connector) -> connector.withHttpClientCustomizer((httpClient) -> httpClient
				.proxy((proxy) -> proxy.type(ProxyProvider.Proxy.HTTP).host("proxy.example").port(3128)));
		}

	}

	static class OfSystemProperties {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> proxy() {
			return (connector) -> connector.withHttpClientCustomizer(HttpClient::proxyWithSystemProperties);
		}

	}
	// @formatter:on

}
