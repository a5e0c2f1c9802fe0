package io.github.tursospring.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TursoAutoConfiguration}.
 */
class TursoAutoConfigurationTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
				HttpClientAutoConfiguration.class, SslAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare.withPropertyValues("turso.api-token=secret-token",
			"turso.organization=acme");

	@Test
	void runWithTokenAndOrganizationShouldCreateClient() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(AuditLogClient.class)
			.hasSingleBean(TursoConnectionDetails.class));
	}

	@Test
	void runWhenDisabledShouldCreateNothing() {
		this.bare.withPropertyValues("turso.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AuditLogClient.class)
				.doesNotHaveBean(TursoConnectionDetails.class));
	}

	@Test
	void runWithoutWebClientShouldCreateNothing() {
		this.bare.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditLogClient.class));
	}

	@Test
	void runWithClientOfUserShouldBackOff() {
		this.bare.withBean("mine", AuditLogClient.class, () -> mock(AuditLogClient.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(AuditLogClient.class).hasBean("mine"));
	}

	@Test
	void runWithConnectionDetailsShouldPreferThemToProperties() {
		this.runner.withUserConfiguration(ExchangeConfiguration.class)
			.withBean(TursoConnectionDetails.class, FixedConnectionDetails::new)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(PropertiesTursoConnectionDetails.class);
				context.getBean(AuditLogClient.class).list(page()).block();
				ClientRequest request = context.getBean(ExchangeConfiguration.class).requests.get(0);
				assertThat(request.url())
					.hasToString("http://127.0.0.1:9/v1/organizations/details/audit-logs?page=1&page_size=100");
				assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer details-token");
			});
	}

	@Test
	void runWithPropertiesShouldSendThem() {
		this.runner.withUserConfiguration(ExchangeConfiguration.class)
			.withPropertyValues("turso.base-url=https://turso.example/api/", "turso.audit-logs.page-size=7")
			.run((context) -> {
				context.getBean(AuditLogClient.class).list(page()).block();
				ClientRequest request = context.getBean(ExchangeConfiguration.class).requests.get(0);
				assertThat(request.url())
					.hasToString("https://turso.example/api/v1/organizations/acme/audit-logs?page=1&page_size=7");
				assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer secret-token");
			});
	}

	@Test
	void runWithCustomizersShouldApplyThemInOrderAfterThoseOfBoot() {
		this.runner.withUserConfiguration(ExchangeConfiguration.class, CustomizersConfiguration.class)
			.run((context) -> {
				context.getBean(AuditLogClient.class).list(page()).block();
				ClientRequest request = context.getBean(ExchangeConfiguration.class).requests.get(0);
				assertThat(request.headers().get("X-Order")).containsExactly("boot", "first", "second");
			});
	}

	@Test
	void runWithTokenWithLineBreakAtItsEndShouldStripIt() {
		this.bare.withPropertyValues("turso.organization=acme")
			.withSystemProperties("turso.api-token=secret-token\n")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void runWithEmptyOrganizationShouldLeaveItToQueries() {
		this.bare.withPropertyValues("turso.api-token=secret-token", "turso.organization=")
			.withUserConfiguration(ExchangeConfiguration.class)
			.run((context) -> {
				AuditLogClient client = context.getBean(AuditLogClient.class);
				assertThatIllegalArgumentException().isThrownBy(() -> client.list().block())
					.withMessageContaining("turso.organization");
				assertThat(context.getBean(ExchangeConfiguration.class).requests).isEmpty();
				client.list(AuditLogQuery.builder().organization("other").build()).block();
				assertThat(context.getBean(ExchangeConfiguration.class).requests.get(0).url().getPath())
					.isEqualTo("/v1/organizations/other/audit-logs");
			});
	}

	@Test
	void runWithBuilderCustomizersShouldApplyThemAfterTheProperties() {
		this.runner.withUserConfiguration(ExchangeConfiguration.class)
			.withPropertyValues("turso.audit-logs.page-size=7")
			.withBean(AuditLogClientBuilderCustomizer.class, () -> (builder) -> builder.pageSize(8))
			.run((context) -> {
				context.getBean(AuditLogClient.class).list(page()).block();
				assertThat(context.getBean(ExchangeConfiguration.class).requests.get(0).url().getQuery())
					.isEqualTo("page=1&page_size=8");
			});
	}

	private static AuditLogQuery page() {
		return AuditLogQuery.builder().page(1).build();
	}

	static class FixedConnectionDetails implements TursoConnectionDetails {

		@Override
		public String getApiToken() {
			return "details-token";
		}

		@Override
		public @Nullable String getOrganization() {
			return "details";
		}

		@Override
		public URI getBaseUrl() {
			return URI.create("http://127.0.0.1:9");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ExchangeConfiguration {

		final List<ClientRequest> requests = new ArrayList<>();

		@Bean
		TursoWebClientCustomizer exchange() {
			return (builder) -> builder.exchangeFunction((request) -> {
				this.requests.add(request);
				return Mono.just(ClientResponse.create(HttpStatus.OK)
					.header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
					.body("{\"audit_logs\":[],\"pagination\":{\"page\":1,\"page_size\":100,\"total_pages\":0,\"total_rows\":0}}")
					.build());
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizersConfiguration {

		@Bean
		@Order(2)
		TursoWebClientCustomizer second() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Order", "second"));
		}

		@Bean
		@Order(1)
		TursoWebClientCustomizer first() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Order", "first"));
		}

		@Bean
		WebClientCustomizer boot() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Order", "boot"));
		}

	}

}
