package io.github.tursospring.auditlog.internal;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.http.TursoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DefaultAuditLogClient}: no more is fetched than was asked for, and a
 * page.
 */
@Tag("slow")
class DefaultAuditLogClientDemandTests {

	private static final Duration A_WHILE = Duration.ofMillis(500);

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	@BeforeEach
	void prepare() {
		log.reset(5000);
	}

	@ParameterizedTest
	@CsvSource({ "1, 2", "99, 2", "100, 2", "101, 3", "450, 6", "1000, 11" })
	void streamShouldFetchAtMostOnePageAheadOfDemand(int entries, int requests) {
		PacedSubscriber<AuditLog> subscriber = subscribe(client(1).streamAll());
		assertFetched(subscriber, entries, entries, requests);
	}

	@Test
	void streamWhenNothingIsRequestedShouldFetchNothing() {
		PacedSubscriber<AuditLog> subscriber = subscribe(client(1).streamAll());
		assertFetched(subscriber, 0, 0, 1);
	}

	@Test
	void streamWhenDemandIsGradualShouldFetchGradually() {
		PacedSubscriber<AuditLog> subscriber = subscribe(client(1).streamAll());
		for (int received = 50; received <= 450; received += 50) {
			subscriber.request(50);
			int expected = received;
			await().atMost(TursoServer.PATIENCE).until(() -> subscriber.received().size() == expected);
			assertThat(log.requests()).isLessThanOrEqualTo(expected / 100 + 2);
		}
		assertFetched(subscriber, 0, 450, 6);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 2", "3, 3, 4" })
	void pagesShouldFetchAtMostOnePageAheadOfDemand(int pages, int received, int requests) {
		PacedSubscriber<AuditLogPage> subscriber = subscribe(client(1).streamPages(AuditLogQuery.all()));
		assertFetched(subscriber, pages, received, requests);
	}

	@ParameterizedTest
	@CsvSource({ "2, 1, 3", "4, 1, 5", "4, 450, 9" })
	void streamWhenConcurrentShouldFetchThatManyPagesAhead(int concurrency, int entries, int requests) {
		PacedSubscriber<AuditLog> subscriber = subscribe(client(concurrency).streamAll());
		assertFetched(subscriber, entries, entries, requests);
	}

	@Test
	void streamWhenOldestFirstShouldFetchAtMostOnePageAhead() {
		PacedSubscriber<AuditLog> subscriber = subscribe(
				client(1).streamAll(AuditLogQuery.builder().order(Order.ASC).build()));
		assertFetched(subscriber, 1, 1, 3);
	}

	@Test
	void cancelShouldStopFetching() {
		PacedSubscriber<AuditLog> subscriber = subscribe(client(1).streamAll());
		subscriber.request(150);
		await().atMost(TursoServer.PATIENCE).until(() -> subscriber.received().size() == 150);
		subscriber.cancel();
		int requests = log.requests();
		await().during(A_WHILE).atMost(TursoServer.PATIENCE).until(() -> log.requests() <= Math.max(requests, 3));
		assertThat(subscriber.received()).hasSize(150);
	}

	private static AuditLogClient client(int concurrency) {
		return Clients.of(log.endpoint(TursoServer.NO_RETRIES), "acme", 100, concurrency);
	}

	private static <T> PacedSubscriber<T> subscribe(Flux<T> stream) {
		PacedSubscriber<T> subscriber = new PacedSubscriber<>();
		stream.subscribe(subscriber);
		return subscriber;
	}

	private static void assertFetched(PacedSubscriber<?> subscriber, int request, int received, int requests) {
		if (request > 0) {
			subscriber.request(request);
		}
		await().atMost(TursoServer.PATIENCE).until(() -> subscriber.received().size() == received);
		await().during(A_WHILE)
			.atMost(TursoServer.PATIENCE)
			.until(() -> log.requests() <= requests && subscriber.received().size() == received);
		subscriber.cancel();
	}

}
