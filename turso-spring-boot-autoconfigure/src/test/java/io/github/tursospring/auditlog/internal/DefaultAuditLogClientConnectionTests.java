package io.github.tursospring.auditlog.internal;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.http.RawServer;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.mock.MockResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DefaultAuditLogClient}: connections are held by requests in flight and
 * by nothing else.
 */
class DefaultAuditLogClientConnectionTests {

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	private final ConnectionProvider provider = ConnectionProvider.builder("one")
		.maxConnections(1)
		.pendingAcquireMaxCount(-1)
		.pendingAcquireTimeout(Duration.ofSeconds(10))
		.build();

	private final HttpClient httpClient = HttpClient.create(this.provider).disableRetry(true);

	private final AuditLogClient client = client(log.endpoint(this.httpClient, TursoServer.NO_RETRIES), 1);

	@BeforeEach
	void prepare() {
		log.reset(5000);
	}

	@AfterEach
	void closeConnections() {
		this.provider.dispose();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4 })
	void streamWhenSubscriberStallsShouldHoldNoConnection(int concurrency) {
		AuditLogClient client = client(log.endpoint(this.httpClient, TursoServer.NO_RETRIES), concurrency);
		PacedSubscriber<AuditLog> stalled = new PacedSubscriber<>();
		client.streamAll().subscribe(stalled);
		stalled.request(150);
		await().atMost(TursoServer.PATIENCE).until(() -> stalled.received().size() == 150);
		assertReadable(client);
		stalled.request(1000);
		await().atMost(TursoServer.PATIENCE).until(() -> stalled.received().size() == 1150);
		stalled.cancel();
	}

	@Test
	void pagesWhenSubscriberStallsShouldHoldNoConnection() {
		PacedSubscriber<AuditLogPage> stalled = new PacedSubscriber<>();
		this.client.streamPages(AuditLogQuery.all()).subscribe(stalled);
		stalled.request(1);
		await().atMost(TursoServer.PATIENCE).until(() -> stalled.received().size() == 1);
		assertReadable(this.client);
		stalled.cancel();
	}

	@Test
	void cancelShouldReleaseConnection() {
		StepVerifier.create(this.client.streamAll().take(5))
			.expectNextCount(5)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
		assertReadable(this.client);
	}

	@Test
	void errorShouldReleaseConnection() {
		log.respond(MockResponse.error(401, "x".repeat(1_000_000), null));
		StepVerifier.create(this.client.streamAll())
			.expectError(TursoAuthenticationException.class)
			.verify(TursoServer.PATIENCE);
		log.respond(MockResponse.page());
		assertReadable(this.client);
	}

	@Test
	void streamsShouldShareConnection() {
		log.reset(1500);
		StepVerifier.create(Flux.merge(this.client.streamAll(), this.client.streamAll(), this.client.streamAll()))
			.expectNextCount(3 * 1500)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
	}

	@Test
	void cancelShouldCancelRequestInFlight() {
		try (RawServer server = RawServer.stalling("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"audit")) {
			AuditLogClient client = client(
					TursoServer.endpoint(server.baseUrl(), TursoServer.httpClient(), TursoServer.retries(2)), 1);
			int cancelled = 0;
			List<Publisher<?>> reads = List.of(client.list(), client.streamAll(),
					client.list(AuditLogQuery.builder().page(1).build()), client.streamPages(AuditLogQuery.all()),
					client.retrieve("1703065568-efff7e3e1aacad8d49544dba1e8523b4"));
			for (Publisher<?> read : reads) {
				int requests = ++cancelled;
				StepVerifier.create(read)
					.expectSubscription()
					.then(() -> await().atMost(TursoServer.PATIENCE).until(() -> server.requests() == requests))
					.thenCancel()
					.verify(TursoServer.PATIENCE);
				await().atMost(Duration.ofSeconds(30)).until(() -> server.hungUpOn() == requests);
			}
			assertThat(server.requests()).isEqualTo(5);
		}
	}

	private static void assertReadable(AuditLogClient client) {
		StepVerifier.create(client.list()).expectNextCount(1).expectComplete().verify(TursoServer.PATIENCE);
	}

	private static AuditLogClient client(AuditLogEndpoint endpoint, int concurrency) {
		return Clients.of(endpoint, "acme", 100, concurrency);
	}

}
