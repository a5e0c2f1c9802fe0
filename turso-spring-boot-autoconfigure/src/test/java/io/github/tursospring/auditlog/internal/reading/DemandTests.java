package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.engine.PageRequest;
import io.github.tursospring.auditlog.internal.http.SourcePage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader fetches what its subscriber has requested, and as many pages beyond as it
 * fetches at a time.
 */
class DemandTests {

	private static final int ROWS = 5000;

	private static final int PAGE_SIZE = 100;

	private static final int SUBSCRIPTIONS = 10_000;

	private static final int[] DEMANDS = { 1, 99, 100, 101, 450, 1000 };

	private final ModelLog log = ModelLog.still(ROWS);

	private final CountingSource source = new CountingSource(this.log);

	@ParameterizedTest
	@ValueSource(ints = { 1, 99, 100, 101, 450, 1000 })
	void streamShouldRequestAtMostOnePageBeyondDemand(int demand) {
		RequestingSubscriber<AuditLog> subscriber = new RequestingSubscriber<>();
		reader(AuditLogQuery.all()).entries(1).subscribe(subscriber);
		subscriber.request(demand);
		assertThat(subscriber.received).hasSize(demand);
		assertThat(this.source.requests()).isLessThanOrEqualTo((demand + PAGE_SIZE - 1) / PAGE_SIZE + 1);
	}

	/**
	 * Each of two threads waits for the other, so that they meet.
	 */
	@Test
	void demandFromAnotherThreadWhileSubscribingShouldNotBeLost() throws InterruptedException {
		AtomicReference<Subscription> subscribed = new AtomicReference<>();
		AtomicBoolean ended = new AtomicBoolean();
		Thread requesting = new Thread(() -> {
			while (!ended.get()) {
				Subscription subscription = subscribed.getAndSet(null);
				if (subscription != null) {
					subscription.request(1);
				}
			}
		});
		requesting.start();
		try {
			Flux<AuditLogPage> pages = reader(AuditLogQuery.all()).pages(1);
			for (int i = 0; i < SUBSCRIPTIONS; i++) {
				CountDownLatch received = new CountDownLatch(1);
				pages.subscribe(new BaseSubscriber<>() {

					@Override
					protected void hookOnSubscribe(Subscription subscription) {
						subscribed.set(subscription);
					}

					@Override
					protected void hookOnNext(AuditLogPage page) {
						cancel();
						received.countDown();
					}

				});
				assertThat(received.await(30, TimeUnit.SECONDS)).as("subscription " + i).isTrue();
			}
		}
		finally {
			ended.set(true);
			requesting.join();
		}
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void streamWhenConcurrentShouldRequestAtMostPagesInFlightBeyondDemand(Order order) {
		for (int concurrency = 1; concurrency <= 8; concurrency++) {
			for (int demand : DEMANDS) {
				this.source.asked().clear();
				RequestingSubscriber<AuditLog> subscriber = new RequestingSubscriber<>();
				reader(AuditLogQuery.builder().order(order).build()).entries(concurrency).subscribe(subscriber);
				subscriber.request(demand);
				assertThat(subscriber.received).hasSize(demand);
				assertThat(this.source.requests()).as("%s at concurrency %s, %s", demand, concurrency, order)
					.isLessThanOrEqualTo(pagesToRead(demand, order) + concurrency);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void streamWhenFilteredShouldRequestAtMostPagesInFlightBeyondMatchesDemanded(Order order) {
		AuditLogQuery query = AuditLogQuery.builder().order(order).author("author-0").build();
		List<AuditLog> rows = inOrder(order);
		List<AuditLog> matching = rows.stream().filter(query::matches).toList();
		assertThat(matching.size()).isBetween(11, ROWS - 1);
		for (int concurrency : new int[] { 1, 4 }) {
			for (int demand : new int[] { 1, 10, 11, matching.size() / 2, matching.size() - 1 }) {
				this.source.asked().clear();
				RequestingSubscriber<AuditLog> subscriber = new RequestingSubscriber<>();
				reader(query).entries(concurrency).subscribe(subscriber);
				subscriber.request(demand);
				assertThat(subscriber.received).isEqualTo(matching.subList(0, demand));
				int place = rows.indexOf(matching.get(demand - 1)) + 1;
				assertThat(this.source.requests())
					.as("%s of %s at concurrency %s", demand, matching.size(), concurrency)
					.isLessThanOrEqualTo(pagesToRead(place, order) + concurrency);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void streamPagesShouldRequestAtMostPagesInFlightBeyondDemand(Order order) {
		for (int concurrency : new int[] { 1, 4 }) {
			for (int demand : new int[] { 1, 2, 7, 20 }) {
				this.source.asked().clear();
				RequestingSubscriber<AuditLogPage> subscriber = new RequestingSubscriber<>();
				reader(AuditLogQuery.builder().order(order).build()).pages(concurrency).subscribe(subscriber);
				subscriber.request(demand);
				assertThat(subscriber.received).hasSize(demand);
				int entries = subscriber.received.stream().mapToInt((page) -> page.auditLogs().size()).sum();
				assertThat(this.source.requests()).as("%s pages at concurrency %s", demand, concurrency)
					.isLessThanOrEqualTo(pagesToRead(entries, order) + concurrency);
			}
		}
	}

	@Test
	void streamWhenDemandedInStepsShouldRequestPagesInStep() {
		RequestingSubscriber<AuditLog> subscriber = new RequestingSubscriber<>();
		reader(AuditLogQuery.all()).entries(1).subscribe(subscriber);
		for (int received = 0; received < ROWS; received += 50) {
			assertThat(this.source.requests()).isLessThanOrEqualTo((received + PAGE_SIZE - 1) / PAGE_SIZE + 1);
			subscriber.request(50);
		}
		assertThat(subscriber.received).isEqualTo(inOrder(Order.DESC));
	}

	@Test
	void readShouldRequestNothingBeforeSubscription() {
		reader(AuditLogQuery.all()).entries(1);
		reader(AuditLogQuery.all()).pages(4);
		reader(AuditLogQuery.all()).page();
		assertThat(this.source.requests()).isZero();
	}

	@Test
	void streamWhenSubscribedAgainShouldReadTheWholeLogAgain() {
		Flux<AuditLog> entries = reader(AuditLogQuery.all()).entries(1);
		assertThat(entries.collectList().block()).isEqualTo(inOrder(Order.DESC));
		assertThat(entries.collectList().block()).isEqualTo(inOrder(Order.DESC));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 8 })
	void streamWhenCancelledShouldCancelRequestsInFlight(int concurrency) {
		StuckSource stuck = new StuckSource(5);
		RequestingSubscriber<AuditLog> subscriber = new RequestingSubscriber<>();
		new LogReader(new CountingSource(stuck::fetch), "acme", AuditLogQuery.all(), PAGE_SIZE).entries(concurrency)
			.subscribe(subscriber);
		subscriber.request(Long.MAX_VALUE);
		assertThat(stuck.inFlight).isEqualTo(concurrency);
		int requests = stuck.requests;
		subscriber.cancel();
		assertThat(stuck.inFlight).isZero();
		assertThat(stuck.cancelled).isEqualTo(concurrency);
		assertThat(stuck.requests).isEqualTo(requests);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 8 })
	void streamWhenCancelledWhileRequestsStartShouldCancelThemAll(int concurrency) {
		StuckSource stuck = new StuckSource(5);
		RequestingSubscriber<AuditLog> subscriber = new RequestingSubscriber<>();
		CountingSource source = new CountingSource((page, pageSize) -> {
			if (stuck.requests == 5) {
				subscriber.cancel();
			}
			return stuck.fetch(page, pageSize);
		});
		new LogReader(source, "acme", AuditLogQuery.all(), PAGE_SIZE).entries(concurrency).subscribe(subscriber);
		subscriber.request(Long.MAX_VALUE);
		assertThat(stuck.inFlight).isZero();
		assertThat(stuck.cancelled).isPositive();
	}

	@Test
	void streamWhenCancelledBetweenPagesShouldRequestNoMore() {
		RequestingSubscriber<AuditLog> subscriber = new RequestingSubscriber<>();
		reader(AuditLogQuery.all()).entries(4).subscribe(subscriber);
		subscriber.request(150);
		int requests = this.source.requests();
		subscriber.cancel();
		subscriber.request(1000);
		assertThat(this.source.requests()).isEqualTo(requests);
		assertThat(subscriber.received).hasSize(150);
	}

	private LogReader reader(AuditLogQuery query) {
		return new LogReader(this.source, "acme", query, PAGE_SIZE);
	}

	private List<AuditLog> inOrder(Order order) {
		List<AuditLog> rows = new ArrayList<>(this.log.rows());
		if (order == Order.DESC) {
			Collections.reverse(rows);
		}
		return rows;
	}

	/** How many of the pages that were asked for it takes to have read so many rows. */
	private int pagesToRead(int rows, Order order) {
		long read = 0;
		int pages = 0;
		for (PageRequest window : this.source.asked()) {
			pages++;
			boolean adjoins = (order == Order.DESC) ? window.start() <= read : window.end() >= ROWS - read;
			read = adjoins ? Math.max(read, (order == Order.DESC) ? window.end() : ROWS - window.start()) : read;
			boolean head = order == Order.ASC && pages == 1;
			read = head ? 0 : read;
			if (read >= rows) {
				return pages;
			}
		}
		throw new AssertionError(rows + " rows were emitted, but " + read + " were asked for");
	}

	/**
	 * Answers some requests and then no more.
	 */
	private final class StuckSource {

		private final int answers;

		private int requests;

		private int inFlight;

		private int cancelled;

		private StuckSource(int answers) {
			this.answers = answers;
		}

		Mono<SourcePage> fetch(int page, int pageSize) {
			return Mono.create((sink) -> {
				if (this.requests++ < this.answers) {
					sink.success(DemandTests.this.log.answer(page, pageSize));
					return;
				}
				this.inFlight++;
				sink.onCancel(() -> {
					this.inFlight--;
					this.cancelled++;
				});
			});
		}

	}

}
