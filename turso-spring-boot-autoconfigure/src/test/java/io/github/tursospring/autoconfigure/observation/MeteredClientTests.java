package io.github.tursospring.autoconfigure.observation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.NumberedLog;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.mock.MockResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the meters show of a client that reads over HTTP.
 */
class MeteredClientTests {

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withBean(SimpleMeterRegistry.class, () -> this.registry)
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, TursoMetricsAutoConfiguration.class,
				WebClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class));

	@BeforeEach
	void prepare() {
		log.reset(450);
	}

	@Test
	void streamShouldCountEntriesAndPages() {
		run((client) -> client.streamAll().blockLast(TursoServer.PATIENCE));
		assertCounts("stream-all", 450, 5, 0, 0);
	}

	@Test
	void streamShouldNotCountEntriesThatDoNotMatch() {
		run((client) -> client.streamAll(AuditLogQuery.builder().code("db-delete").build())
			.blockLast(TursoServer.PATIENCE));
		assertCounts("stream-all", 45, 5, 0, 0);
	}

	@Test
	void streamShouldNotCountEntriesThatAreNotRequested() {
		run((client) -> client.streamAll().take(150).blockLast(TursoServer.PATIENCE));
		assertThat(count("turso.audit-logs.entries", "operation", "stream-all")).isEqualTo(150);
	}

	@Test
	void streamWhenRowsMoveShouldCountSkippedRows() {
		log.growBy(10);
		run((client) -> {
			List<AuditLog> read = client.streamAll().collectList().block(TursoServer.PATIENCE);
			assertThat(read).hasSize(450);
		});
		double pages = count("turso.audit-logs.pages", "operation", "stream-all");
		assertThat(pages).isEqualTo(log.requests());
		assertThat(count("turso.audit-logs.skipped", "operation", "stream-all")).isEqualTo(10 * (pages - 1));
	}

	@Test
	void operationsShouldBeCountedSeparately() {
		run((client) -> {
			List<AuditLogPage> pages = client.streamPages(AuditLogQuery.builder().pageSize(200).build())
				.collectList()
				.block(TursoServer.PATIENCE);
			assertThat(pages).hasSize(3);
			client.list().block(TursoServer.PATIENCE);
			client.list(AuditLogQuery.builder().page(2).pageSize(10).build()).block(TursoServer.PATIENCE);
			String id = pages.get(1).auditLogs().get(0).id();
			int before = log.requests();
			client.retrieve(id).block(TursoServer.PATIENCE);
			assertCounts("retrieve", 1, log.requests() - before, 0, 0);
		});
		assertCounts("stream-pages", 450, 3, 0, 0);
		assertCounts("list", 110, 2, 0, 0);
		assertCounts("stream-all", 0, 0, 0, 0);
	}

	@Test
	void streamWhenOldestFirstShouldCountSkippedRows() {
		run((client) -> client.streamAll(AuditLogQuery.builder().order(Order.ASC).build())
			.blockLast(TursoServer.PATIENCE));
		assertThat(count("turso.audit-logs.entries", "operation", "stream-all")).isEqualTo(450);
		assertThat(count("turso.audit-logs.pages", "operation", "stream-all")).isEqualTo(log.requests());
		assertThat(count("turso.audit-logs.skipped", "operation", "stream-all")).isPositive();
		assertThat(count("turso.audit-logs.refetched", "operation", "stream-all")).isZero();
	}

	@Test
	void followShouldCountPolls() {
		run((client) -> client.follow(AuditLogQuery.all())
			.takeUntil((page) -> !page.hasMore())
			.blockLast(TursoServer.PATIENCE));
		assertThat(count("turso.audit-logs.entries", "operation", "follow")).isEqualTo(450);
		assertThat(count("turso.audit-logs.pages", "operation", "follow")).isEqualTo(log.requests());
	}

	@Test
	void retriesShouldBeCountedByReason() {
		log.enqueue(MockResponse.status(503), MockResponse.reset(), MockResponse.status(502), MockResponse.status(429));
		run((client) -> client.list().block(TursoServer.PATIENCE));
		assertThat(count("turso.audit-logs.retries", "reason", "server-error")).isEqualTo(2);
		assertThat(count("turso.audit-logs.retries", "reason", "transport")).isEqualTo(1);
		assertThat(count("turso.audit-logs.retries", "reason", "rate-limited")).isEqualTo(1);
		assertThat(count("turso.audit-logs.retries", "reason", "protocol")).isZero();
		assertCounts("list", 100, 1, 0, 0);
	}

	@Test
	void waitsForRateLimitShouldBeTimed() {
		log.enqueue(MockResponse.status(429).header("Retry-After", "1"), MockResponse.status(503));
		run((client) -> client.list().block(TursoServer.PATIENCE));
		Timer wait = this.registry.get("turso.audit-logs.rate-limit.wait").timer();
		assertThat(wait.count()).isEqualTo(1);
		assertThat(Duration.ofNanos((long) wait.totalTime(TimeUnit.NANOSECONDS))).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void followShouldCountRetries() {
		log.enqueue(MockResponse.status(503));
		run((client) -> client.follow(AuditLogQuery.all()).blockFirst(TursoServer.PATIENCE),
				"turso.retry.max-retries=0");
		assertThat(count("turso.audit-logs.retries", "reason", "server-error")).isEqualTo(1);
	}

	@Test
	void metersShouldNotHaveOrganizationOrAuthor() {
		run((client) -> client.streamAll(AuditLogQuery.builder().author("iku").build())
			.blockLast(TursoServer.PATIENCE));
		assertThat(this.registry.getMeters()).isNotEmpty()
			.allSatisfy((meter) -> assertThat(meter.getId().toString()).doesNotContain("acme").doesNotContain("iku"));
	}

	private void assertCounts(String operation, int entries, int pages, int skipped, int refetched) {
		assertThat(count("turso.audit-logs.entries", "operation", operation)).isEqualTo(entries);
		assertThat(count("turso.audit-logs.pages", "operation", operation)).isEqualTo(pages);
		assertThat(count("turso.audit-logs.skipped", "operation", operation)).isEqualTo(skipped);
		assertThat(count("turso.audit-logs.refetched", "operation", operation)).isEqualTo(refetched);
	}

	private double count(String meter, String key, String value) {
		return this.registry.get(meter).tag(key, value).counter().count();
	}

	private void run(Consumer<AuditLogClient> use, String... properties) {
		this.runner
			.withPropertyValues("turso.api-token=" + TursoServer.TOKEN, "turso.organization=acme",
					"turso.base-url=" + log.baseUrl(), "turso.retry.delay=1ms")
			.withPropertyValues(properties)
			.run((context) -> use.accept(context.getBean(AuditLogClient.class)));
	}

}
