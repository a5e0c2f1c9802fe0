package io.github.tursospring.autoconfigure;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

import io.github.tursospring.auditlog.AuditLogClient;

import static io.github.tursospring.autoconfigure.ClientAssertions.assertReads;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the HTTP client is closed with the application context, and works in one
 * that is stopped and started again.
 */
@ExtendWith(OutputCaptureExtension.class)
class TursoHttpClientCloseTests {

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance().build();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, HttpClientAutoConfiguration.class))
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme",
				"turso.base-url=http://localhost:" + server.getPort());

	@ParameterizedTest
	@CsvSource({ "http-components, httpclient-", "jetty, HttpClient" })
	void closingContextShouldEndThreadsOfConnector(String connector, String threads) {
		server.stubFor(WireMock.get(WireMock.anyUrl())
			.willReturn(WireMock.okJson("{\"audit_logs\": [{\"message\": \"read\"}]}")));
		Set<Long> before = threads(threads);
		this.runner.withPropertyValues("spring.http.clients.reactive.connector=" + connector).run((context) -> {
			assertReads(context.getBean(AuditLogClient.class), "read");
			assertThat(threads(threads)).hasSizeGreaterThan(before.size());
		});
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> before.containsAll(threads(threads)));
	}

	@Test
	void closingContextShouldEndRetriesWithoutStackTrace(CapturedOutput output) {
		server.stubFor(WireMock.get(WireMock.anyUrl()).willReturn(WireMock.serviceUnavailable()));
		Disposable[] subscription = new Disposable[1];
		this.runner.withUserConfiguration(ReactorResources.class)
			.withPropertyValues("turso.retry.max-retries=100", "turso.retry.delay=10ms", "turso.retry.max-delay=10ms")
			.run((context) -> {
				AuditLogClient client = context.getBean(AuditLogClient.class);
				subscription[0] = client.streamAll().onErrorComplete().subscribe();
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> server.getAllServeEvents().size() > 3);
			});
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(subscription[0]::isDisposed);
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("\tat ") || line.contains(" ERROR "));
	}

	@Test
	void closingContextShouldEndRetriesOfConnectionsThatStayOpen() {
		server.stubFor(WireMock.get(WireMock.anyUrl()).willReturn(WireMock.serviceUnavailable()));
		AtomicReference<Throwable> failure = new AtomicReference<>();
		int before = server.getAllServeEvents().size();
		this.runner
			.withPropertyValues("turso.retry.max-retries=100", "turso.retry.delay=100ms", "turso.retry.max-delay=100ms")
			.run((context) -> {
				context.getBean(AuditLogClient.class).streamAll().subscribe((entry) -> {
				}, failure::set);
				Awaitility.await()
					.atMost(Duration.ofSeconds(30))
					.until(() -> server.getAllServeEvents().size() > before);
			});
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> failure.get() != null);
		assertThat(server.getAllServeEvents().size() - before).isLessThan(50);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void clientShouldReadAfterItsContextWasStoppedAndStarted(String connector) {
		server.stubFor(WireMock.get(WireMock.anyUrl())
			.willReturn(WireMock.okJson("{\"audit_logs\": [{\"message\": \"read\"}]}")));
		this.runner.withUserConfiguration(ReactorResources.class, ReadingWhileStopping.class)
			.withPropertyValues("spring.http.clients.reactive.connector=" + connector)
			.run((context) -> {
				AuditLogClient client = context.getBean(AuditLogClient.class);
				ConfigurableApplicationContext source = context
					.getSourceApplicationContext(ConfigurableApplicationContext.class);
				for (int i = 0; i < 3; i++) {
					assertReads(client, "read");
					source.stop();
					StepVerifier.create(client.streamAll())
						.expectErrorSatisfies(
								(ex) -> assertThat(ex).hasMessageContaining("The HTTP client has been shut down"))
						.verify(Duration.ofSeconds(30));
					source.start();
				}
				assertReads(client, "read");
			});
	}

	@ParameterizedTest
	@CsvSource({ "http-components, httpclient-", "jetty, HttpClient" })
	void customizerThatKeepsFailingShouldNotLeaveThreadsBehind(String connector, String threads) {
		this.runner.withBean(TursoWebClientCustomizer.class, () -> (webClient) -> {
			throw new IllegalStateException("not yet");
		}).withPropertyValues("spring.http.clients.reactive.connector=" + connector).run((context) -> {
			AuditLogClient client = context.getBean(AuditLogClient.class);
			read(client);
			int once = threads(threads).size();
			for (int i = 0; i < 20; i++) {
				read(client);
			}
			// A connector starts its threads one after the other; twenty would have many
			// more
			assertThat(threads(threads)).hasSizeLessThan(once + 10);
		});
	}

	private static void read(AuditLogClient client) {
		StepVerifier.create(client.list()).expectErrorMessage("not yet").verify(Duration.ofSeconds(30));
	}

	private static Set<Long> threads(String name) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().contains(name))
			.map(Thread::getId)
			.collect(Collectors.toSet());
	}

	@Configuration(proxyBeanMethods = false)
	static class ReactorResources {

		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			factory.setShutdownQuietPeriod(Duration.ZERO);
			return factory;
		}

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> reactorResources(
				ReactorResourceFactory factory) {
			return (builder) -> builder.withReactorResourceFactory(factory);
		}

	}

	/**
	 * Reads while the context stops, before the resources of Reactor Netty end.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ReadingWhileStopping implements SmartLifecycle {

		private final AuditLogClient client;

		private boolean running;

		ReadingWhileStopping(AuditLogClient client) {
			this.client = client;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			assertReads(this.client, "read");
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return 10;
		}

	}

}
