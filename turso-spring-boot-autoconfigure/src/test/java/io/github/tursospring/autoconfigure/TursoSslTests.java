package io.github.tursospring.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.test.Certificates;

import static io.github.tursospring.autoconfigure.ClientAssertions.assertFails;
import static io.github.tursospring.autoconfigure.ClientAssertions.assertReads;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reading over TLS from servers whose certificates are signed by an authority that the
 * JDK does not know, one of which demands a certificate of its clients.
 */
class TursoSslTests {

	@RegisterExtension
	static final WireMockExtension server = server(false);

	@RegisterExtension
	static final WireMockExtension serverForKnownClients = server(true);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, HttpClientAutoConfiguration.class,
				SslAutoConfiguration.class))
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme", "turso.retry.delay=1ms",
				"turso.base-url=https://localhost:" + server.getHttpsPort())
		.withPropertyValues(store("authority", "truststore", Certificates.trustStore()))
		.withPropertyValues(store("client", "truststore", Certificates.trustStore()))
		.withPropertyValues(store("client", "keystore", Certificates.client()));

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void runWithBundleShouldTrustItsAuthority(String connector) {
		this.runner
			.withPropertyValues("turso.ssl.bundle=authority", "spring.http.clients.reactive.connector=" + connector)
			.run((context) -> assertReads(context.getBean(AuditLogClient.class), "over TLS"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void runWithoutBundleShouldFailAtOnceAndNameTheKey(String connector) {
		this.runner.withPropertyValues("spring.http.clients.reactive.connector=" + connector).run((context) -> {
			assertFails(context.getBean(AuditLogClient.class), "certificate", "not trusted", "turso.ssl.bundle",
					"trust store");
			assertThat(server.getAllServeEvents()).isEmpty();
		});
	}

	@Test
	void runWithBundleOfAllClientsShouldUseIt() {
		this.runner.withPropertyValues("spring.http.clients.ssl.bundle=authority")
			.run((context) -> assertReads(context.getBean(AuditLogClient.class), "over TLS"));
	}

	@Test
	void runWithBundleShouldPreferItToThatOfAllClients() {
		this.runner
			.withPropertyValues("spring.http.clients.ssl.bundle=authority", "turso.ssl.bundle=client",
					"turso.base-url=https://localhost:" + serverForKnownClients.getHttpsPort())
			.run((context) -> assertReads(context.getBean(AuditLogClient.class), "over TLS"));
	}

	@Test
	void runWithBundleOfConnectionDetailsShouldUseIt() {
		this.runner.withUserConfiguration(ConnectionDetailsConfiguration.class)
			.run((context) -> assertReads(context.getBean(AuditLogClient.class), "over TLS"));
	}

	@Test
	void runWithUnknownBundleShouldFail() {
		this.runner.withPropertyValues("turso.ssl.bundle=nobody")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(NoSuchSslBundleException.class)
				.hasStackTraceContaining("nobody"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void fetchWhenCertificateIsOfAnotherHostShouldFail(String connector) {
		this.runner
			.withPropertyValues("turso.ssl.bundle=authority", "spring.http.clients.reactive.connector=" + connector,
					"turso.base-url=https://127.0.0.1:" + server.getHttpsPort())
			.run((context) -> {
				assertFails(context.getBean(AuditLogClient.class), "127.0.0.1", "turso.base-url");
				assertThat(server.getAllServeEvents()).isEmpty();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void runWithKeyShouldShowItToAServerThatDemandsOne(String connector) {
		this.runner
			.withPropertyValues("turso.ssl.bundle=client", "spring.http.clients.reactive.connector=" + connector,
					"turso.base-url=https://localhost:" + serverForKnownClients.getHttpsPort())
			.run((context) -> assertReads(context.getBean(AuditLogClient.class), "over TLS"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void runWithoutKeyShouldFailAndNameTheKey(String connector) {
		this.runner
			.withPropertyValues("turso.ssl.bundle=authority", "spring.http.clients.reactive.connector=" + connector,
					"turso.base-url=https://localhost:" + serverForKnownClients.getHttpsPort())
			.run((context) -> {
				assertFails(context.getBean(AuditLogClient.class), "turso.ssl.bundle", "key store");
				assertThat(serverForKnownClients.getAllServeEvents()).isEmpty();
			});
	}

	@Test
	void runWithBundleOfTheGuideShouldConnect(@TempDir Path directory) throws IOException, GeneralSecurityException {
		String guide = Files.readString(Path.of("../docs/guide/tls-and-proxies.md"));
		String yaml = guide.substring(guide.indexOf("```yaml\n") + 8)
			.transform((text) -> text.substring(0, text.indexOf("```")))
			.replace("classpath:authority.pem",
					Certificates.trustStore().resolveSibling("authority.pem").toUri().toString())
			.replace("file:/run/secrets/client.pem",
					Certificates.client().resolveSibling("client.chain").toUri().toString())
			.replace("file:/run/secrets/client.key", clientKey(directory).toUri().toString());
		PropertySource<?> properties = new YamlPropertySourceLoader()
			.load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.get(0);
		this.runner.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(properties))
			.withPropertyValues("turso.base-url=https://localhost:" + serverForKnownClients.getHttpsPort())
			.run((context) -> assertReads(context.getBean(AuditLogClient.class), "over TLS"));
	}

	private static Path clientKey(Path directory) throws IOException, GeneralSecurityException {
		char[] password = Certificates.PASSWORD.toCharArray();
		Key key = KeyStore.getInstance(Certificates.client().toFile(), password).getKey("client", password);
		String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
				+ "\n-----END PRIVATE KEY-----\n";
		return Files.writeString(directory.resolve("client.key"), pem);
	}

	private static String[] store(String bundle, String store, Path location) {
		String prefix = "spring.ssl.bundle.jks." + bundle + "." + store + ".";
		return new String[] { prefix + "location=" + location.toUri(), prefix + "password=" + Certificates.PASSWORD,
				prefix + "type=PKCS12" };
	}

	private static WireMockExtension server(boolean forKnownClients) {
		return new WireMockExtension(WireMockExtension.extensionOptions()
			.options(WireMockConfiguration.options()
				.httpDisabled(true)
				.dynamicHttpsPort()
				.keystorePath(Certificates.server().toString())
				.keystoreType("PKCS12")
				.keystorePassword(Certificates.PASSWORD)
				.keyManagerPassword(Certificates.PASSWORD)
				.needClientAuth(forKnownClients)
				.trustStorePath(forKnownClients ? Certificates.trustStore().toString() : null)
				.trustStoreType("PKCS12")
				.trustStorePassword(Certificates.PASSWORD))) {

			@Override
			protected void onBeforeEach(WireMockRuntimeInfo info) {
				stubFor(WireMock.get(WireMock.urlPathEqualTo("/v1/organizations/acme/audit-logs"))
					.willReturn(WireMock.okJson("{\"audit_logs\": [{\"message\": \"over TLS\"}]}")));
			}

		};
	}

	@Configuration(proxyBeanMethods = false)
	static class ConnectionDetailsConfiguration {

		@Bean
		TursoConnectionDetails turso(SslBundles bundles) {
			return new TursoConnectionDetails() {

				@Override
				public String getApiToken() {
					return "secret-token";
				}

				@Override
				public String getOrganization() {
					return "acme";
				}

				@Override
				public URI getBaseUrl() {
					return URI.create("https://localhost:" + server.getHttpsPort());
				}

				@Override
				public @Nullable SslBundle getSslBundle() {
					return bundles.getBundle("authority");
				}

			};
		}

	}

}
