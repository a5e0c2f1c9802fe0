package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;
import io.github.tursospring.auditlog.internal.http.SourcePage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A first page that shows fewer rows than it should does not make reading ask for small
 * pages from then on, unless such are the pages that the server applies.
 */
class ShortFirstPageTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final long LATER = 1_700_100_000L;

	private final AtomicInteger requests = new AtomicInteger();

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 3", "DESC, 50", "ASC, 1", "ASC, 3", "ASC, 50" })
	void streamWhenFirstPageIsCutOnceShouldCostOneMoreRequest(Order order, int most) {
		ModelLog log = ModelLog.still(1000);
		List<AuditLog> whole = read(log, order, Integer.MAX_VALUE);
		int requestsOfWhole = this.requests.getAndSet(0);
		assertThat(read(log, order, most)).isEqualTo(whole);
		assertThat(this.requests.get()).isEqualTo(requestsOfWhole + 1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 50 })
	void followWhenPageIsCutOnceShouldNotBeHeldUp(int most) {
		ModelLog log = ModelLog.still(1000);
		List<AuditLog> followed = new CopyOnWriteArrayList<>();
		AtomicInteger polls = new AtomicInteger();
		LogReader reader = new LogReader((page, size) -> Mono.fromSupplier(() -> {
			this.requests.incrementAndGet();
			SourcePage answer = log.answer(page, size);
			if (followed.size() < 1000) {
				return answer;
			}
			int poll = polls.incrementAndGet();
			if (poll == 3) {
				for (int i = 0; i < 200; i++) {
					log.insert(LATER + i);
				}
			}
			return (poll == 2) ? cut(answer, most) : answer;
		}), "acme", AuditLogQuery.all(), 100);
		FollowSettings settings = new FollowSettings(Duration.ofMillis(1), Duration.ofSeconds(60),
				Duration.ofMillis(10));
		StepVerifier
			.create(new LogFollower(reader, settings).pages()
				.doOnNext((page) -> followed.addAll(page.auditLogs()))
				.takeUntil((page) -> followed.size() >= 1200))
			.thenConsumeWhile((page) -> true)
			.expectComplete()
			.verify(LIMIT);
		assertThat(followed).containsExactlyElementsOf(log.rows());
		assertThat(this.requests.get()).isLessThan(40);
	}

	@Test
	void streamWhenTotalIsOfALaterMomentThanRowsShouldSendFewRequests() {
		ModelLog log = ModelLog.still(3);
		LogReader reader = new LogReader((page, size) -> Mono.fromSupplier(() -> {
			SourcePage answer = log.answer(page, size);
			if (this.requests.incrementAndGet() > 1) {
				return answer;
			}
			for (int i = 0; i < 300; i++) {
				log.insert(LATER + i);
			}
			return new SourcePage(answer.rows(), page, size, 1, 4L);
		}), "acme", AuditLogQuery.all(), 100);
		assertThat(reader.entries(1).collectList().block(LIMIT)).hasSize(303);
		assertThat(this.requests.get()).isLessThan(10);
	}

	@Test
	void streamWhenServerAppliesSmallerPagesThanItSaysShouldRefuse() {
		ModelLog log = ModelLog.still(250);
		LogReader reader = new LogReader((page, size) -> Mono.fromSupplier(() -> {
			this.requests.incrementAndGet();
			SourcePage answer = log.answer(page, Math.min(size, 50));
			return new SourcePage(answer.rows(), page, size, null, answer.totalRows());
		}), "acme", AuditLogQuery.all(), 100);
		StepVerifier.create(reader.entries(1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(TursoProtocolException.class)
				.hasMessageContaining("page 1 ends after 50 of 100 rows, before the end of a log of 250 rows"))
			.verify(LIMIT);
		assertThat(this.requests.get()).isEqualTo(3);
	}

	@Test
	void streamWhenPageIsShortInAnotherWayEachTimeShouldRefuse() {
		ModelLog log = ModelLog.still(250);
		LogReader reader = new LogReader(
				(page, size) -> Mono.fromSupplier(() -> cut(log.answer(page, size), this.requests.incrementAndGet())),
				"acme", AuditLogQuery.all(), 100);
		StepVerifier.create(reader.entries(1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(TursoProtocolException.class)
				.hasMessageContaining("page 1 ends after")
				.hasMessageContaining("before the end of a log of 250 rows"))
			.verify(LIMIT);
		assertThat(this.requests.get()).isEqualTo(3);
	}

	/**
	 * Reads a log whose first page of more than two rows is cut when it is first shown.
	 */
	private List<AuditLog> read(ModelLog log, Order order, int most) {
		AtomicInteger firstPages = new AtomicInteger();
		LogReader reader = new LogReader((page, size) -> Mono.fromSupplier(() -> {
			this.requests.incrementAndGet();
			SourcePage answer = log.answer(page, size);
			boolean cut = page == 1 && size > 2 && firstPages.incrementAndGet() == 1;
			return cut ? cut(answer, most) : answer;
		}), "acme", AuditLogQuery.builder().order(order).build(), 100);
		return reader.entries(1).collectList().block(LIMIT);
	}

	private static SourcePage cut(SourcePage answer, int most) {
		return new SourcePage(answer.rows().subList(0, Math.min(most, answer.rows().size())), answer.page(),
				answer.pageSize(), answer.totalPages(), answer.totalRows());
	}

}
