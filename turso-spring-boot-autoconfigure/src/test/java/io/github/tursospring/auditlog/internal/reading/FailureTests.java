package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;
import io.github.tursospring.auditlog.internal.http.PageSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page that fails: what was read before it has been delivered, and reading can go on
 * right after it.
 */
class FailureTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int PAGE_SIZE = 100;

	private final ModelLog log = ModelLog.still(1000);

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void streamWhenRequestFailsShouldResumeAfterWhatWasDelivered(Order order, int concurrency) {
		for (int failing = 1; failing <= 10; failing++) {
			List<AuditLog> read = new ArrayList<>();
			AuditLogQuery query = AuditLogQuery.builder().order(order).build();
			TursoException failure = readUntilFailure(
					new LogReader(failingFrom(failing), "acme", query, PAGE_SIZE).entries(concurrency), read);
			read.addAll(resumed(query, failure, concurrency));
			assertThat(read).as("failing from request %s", failing).isEqualTo(inOrder(order));
		}
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void streamWhenPageFetchedAheadFailsShouldLoseAndRepeatNothing(Order order, int concurrency) {
		for (int failing = 2; failing <= 8; failing++) {
			AuditLogQuery query = AuditLogQuery.builder().order(order).build();
			List<AuditLog> read = new ArrayList<>();
			TursoException failure = readSlowlyUntilFailure(
					new LogReader(failingFrom(failing), "acme", query, PAGE_SIZE).entries(concurrency), read);
			read.addAll(resumed(query, failure, concurrency));
			assertThat(read).as("failing from request %s", failing).isEqualTo(inOrder(order));
		}
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void streamPagesWhenPageFetchedAheadFailsShouldLoseAndRepeatNothing(Order order, int concurrency) {
		for (int failing = 2; failing <= 8; failing++) {
			AuditLogQuery query = AuditLogQuery.builder().order(order).build();
			List<AuditLogPage> pages = new ArrayList<>();
			TursoException failure = readSlowlyUntilFailure(
					new LogReader(failingFrom(failing), "acme", query, PAGE_SIZE).pages(concurrency), pages);
			List<AuditLog> read = new ArrayList<>();
			pages.forEach((page) -> read.addAll(page.auditLogs()));
			read.addAll(resumed(query, failure, concurrency));
			assertThat(read).as("failing from request %s", failing).isEqualTo(inOrder(order));
		}
	}

	@Test
	void followWhenRequestFailsAheadOfDemandShouldLoseAndRepeatNothing() {
		ModelLog wide = new ModelLog(new Random(0), 1000, false);
		for (int i = 0; i < 3000; i++) {
			wide.insert(1_700_000_000L + i / 300);
		}
		Random random = new Random(1);
		PageSource source = (page, pageSize) -> Mono.defer(() -> (random.nextInt(4) == 0)
				? Mono.error(ModelServer.fault()) : Mono.just(wide.answer(page, pageSize)));
		FollowSettings settings = new FollowSettings(Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(1));
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			RequestingSubscriber<AuditLogPage> subscriber = new RequestingSubscriber<>();
			new LogFollower(new LogReader(source, "acme", AuditLogQuery.all(), PAGE_SIZE), settings).pages()
				.subscribe(subscriber);
			for (int i = 0; i < 100; i++) {
				subscriber.request(1);
				time.advanceTimeBy(Duration.ofMinutes(5));
			}
			subscriber.cancel();
			List<AuditLog> read = new ArrayList<>();
			subscriber.received.forEach((page) -> read.addAll(page.auditLogs()));
			assertThat(new Ledger(Order.ASC, read).holdsJust(wide.rows()).complaint()).isNull();
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void listWhenRequestFailsHalfWayShouldResumeWhereItBegan(Order order) {
		AuditLogQuery query = AuditLogQuery.builder().order(order).author("author-0").build();
		List<AuditLog> matching = inOrder(order).stream().filter(query::matches).toList();
		AuditLogPage first = new LogReader(new CountingSource(this.log), "acme", query, 50).page().block();
		for (AuditLogQuery start : List.of(query, query.toBuilder().pageToken(first.nextPageToken()).build())) {
			List<AuditLog> expected = (start.pageToken() == null) ? matching : matching.subList(50, matching.size());
			for (int failing = 1; failing <= 4; failing++) {
				Throwable failure = new LogReader(failingFrom(failing), "acme", start, 50).page()
					.map((page) -> (Throwable) new IllegalStateException("completed"))
					.onErrorResume(Mono::just)
					.block();
				if (failure instanceof TursoException ex) {
					assertThat(resumed(start, ex, 1)).as("failing from request %s", failing).isEqualTo(expected);
				}
			}
		}
	}

	@Test
	void streamWhenFirstRequestFailsShouldHaveNoResumeToken() {
		StepVerifier.create(new LogReader(failingFrom(1), "acme", AuditLogQuery.all(), PAGE_SIZE).entries(1))
			.expectErrorSatisfies((ex) -> assertThat(((TursoException) ex).resumeToken()).isNull())
			.verify(TIMEOUT);
	}

	private PageSource failingFrom(int failing) {
		int[] requests = new int[1];
		return (page, pageSize) -> Mono.defer(() -> (++requests[0] >= failing) ? Mono.error(ModelServer.fault())
				: Mono.just(this.log.answer(page, pageSize)));
	}

	private List<AuditLog> resumed(AuditLogQuery query, TursoException failure, int concurrency) {
		String token = (failure.resumeToken() != null) ? failure.resumeToken() : query.pageToken();
		AuditLogQuery rest = query.toBuilder().pageToken(token).build();
		return new LogReader(new CountingSource(this.log), "acme", rest, PAGE_SIZE).entries(concurrency)
			.collectList()
			.block();
	}

	private static <T> TursoException readUntilFailure(Flux<T> flux, List<T> received) {
		TursoException[] failure = new TursoException[1];
		flux.subscribe(received::add, (ex) -> failure[0] = (TursoException) ex);
		assertThat(failure[0]).isNotNull();
		return failure[0];
	}

	/**
	 * Request one element at a time: a page fails before the previous one is consumed.
	 */
	private static <T> TursoException readSlowlyUntilFailure(Flux<T> flux, List<T> received) {
		RequestingSubscriber<T> subscriber = new RequestingSubscriber<>();
		flux.subscribe(subscriber);
		for (int i = 0; i < 2000 && subscriber.failure == null; i++) {
			subscriber.request(1);
		}
		received.addAll(subscriber.received);
		assertThat(subscriber.failure).isInstanceOf(TursoException.class);
		return (TursoException) subscriber.failure;
	}

	private List<AuditLog> inOrder(Order order) {
		List<AuditLog> rows = new ArrayList<>(this.log.rows());
		if (order == Order.DESC) {
			Collections.reverse(rows);
		}
		return rows;
	}

}
