package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.InvalidPageTokenException;
import io.github.tursospring.auditlog.TursoApiError;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;
import io.github.tursospring.auditlog.internal.http.PageSource;
import io.github.tursospring.auditlog.internal.http.SourcePage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an earlier engine did wrong and its tests did not show.
 */
class EngineDefectTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final TursoApiError REFUSED = new TursoApiError(401, null, null, "GET", "/");

	@Test
	void resumeTokenOfFailedFollowShouldResumeFollowAndOnlyStreamOldestFirst() {
		ModelLog log = ModelLog.still(1000);
		for (int failing = 3; failing <= 10; failing++) {
			List<AuditLog> followed = new ArrayList<>();
			int number = failing;
			TursoException failure = failure(follow(failingAt(log, number), null), followed);
			String token = failure.resumeToken();
			assertThat(token).as("failing at request " + number).isNotNull();
			List<AuditLog> byFollow = new ArrayList<>(followed);
			int rest = log.size() - followed.size();
			follow(new CountingSource(log), token).concatMapIterable(AuditLogPage::auditLogs)
				.take(rest)
				.doOnNext(byFollow::add)
				.blockLast(LIMIT);
			assertThat(byFollow).isEqualTo(log.rows());
			List<AuditLog> byStream = new ArrayList<>(followed);
			stream(log, Order.ASC, token).doOnNext(byStream::add).blockLast(LIMIT);
			assertThat(byStream).isEqualTo(log.rows());
			assertThatExceptionOfType(InvalidPageTokenException.class)
				.isThrownBy(() -> stream(log, Order.DESC, token).blockLast(LIMIT))
				.withMessageContaining("follow");
		}
	}

	private static Flux<AuditLog> stream(ModelLog log, Order order, @Nullable String token) {
		AuditLogQuery query = AuditLogQuery.builder().order(order).pageToken(token).build();
		return new LogReader(new CountingSource(log), "acme", query, 100).entries(1);
	}

	private static PageSource failingAt(ModelLog log, int number) {
		int[] requests = new int[1];
		return (page, size) -> Mono.defer(() -> (++requests[0] == number)
				? Mono.error(new TursoAuthenticationException("401", REFUSED)) : Mono.just(log.answer(page, size)));
	}

	private static Flux<AuditLogPage> follow(PageSource source, @Nullable String token) {
		AuditLogQuery query = AuditLogQuery.builder().pageToken(token).build();
		return new LogFollower(new LogReader(source, "acme", query, 100),
				new FollowSettings(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(1)))
			.pages();
	}

	private static TursoException failure(Flux<AuditLogPage> pages, List<AuditLog> entries) {
		TursoException[] failure = new TursoException[1];
		pages.doOnNext((page) -> entries.addAll(page.auditLogs()))
			.doOnError(TursoException.class, (ex) -> failure[0] = ex)
			.onErrorComplete()
			.blockLast(LIMIT);
		return failure[0];
	}

	@ParameterizedTest
	@CsvSource({ "1, 100", "2, 100", "5, 100", "20, 100", "1, 10", "2, 20" })
	void listOldestFirstWhenLogGrowsWithEachRequestShouldEnd(int growth, int pageSize) {
		ModelLog log = ModelLog.still(3000);
		CountingSource source = new CountingSource((page, size) -> Mono.fromSupplier(() -> {
			insert(log, growth);
			return log.answer(page, size);
		}));
		List<AuditLog> read = new ArrayList<>();
		String token = null;
		int most = 20 + 3000 / pageSize * 4 * (1 + growth / 10);
		do {
			AuditLogQuery query = AuditLogQuery.builder().order(Order.ASC).pageToken(token).build();
			AuditLogPage page = new LogReader(source, "acme", query, pageSize).page().block(LIMIT);
			read.addAll(page.auditLogs());
			token = page.nextPageToken();
		}
		while (token != null && source.requests() < most);
		System.out.println("list oldest first, pages of " + pageSize + ", growing by " + growth + " a request: "
				+ source.requests() + " requests for " + read.size() + " entries");
		assertThat(source.requests()).isLessThan(most);
		assertThat(read).isEqualTo(log.rows().subList(0, read.size())).hasSizeGreaterThanOrEqualTo(3000);
	}

	@ParameterizedTest
	@Tag("slow")
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })
	void streamWhenPagesAreCappedShouldReadAnyLengthExactlyOrRefuseCapBelowThree(int cap) {
		int refused = 0;
		int readings = 0;
		for (int rows = 1; rows <= 300; rows += (rows < 60) ? 1 : 7) {
			ModelLog log = capped(rows, cap);
			for (Order order : Order.values()) {
				for (int concurrency : new int[] { 1, 4 }) {
					String reading = rows + " rows in pages of " + cap + ", " + order + ", concurrency " + concurrency;
					CountingSource source = new CountingSource(log);
					AuditLogQuery query = AuditLogQuery.builder().order(order).build();
					List<AuditLog> read = new ArrayList<>();
					readings++;
					try {
						new LogReader(source, "acme", query, 100).entries(concurrency)
							.doOnNext(read::add)
							.blockLast(LIMIT);
						assertThat(new Ledger(order, read).holdsJust(log.rows()).complaint()).as(reading).isNull();
					}
					catch (TursoProtocolException ex) {
						assertThat(cap).as(reading + ": " + ex).isLessThan(3);
						refused++;
					}
					assertThat(source.requests()).as(reading).isLessThanOrEqualTo(10 + 3 * rows);
				}
			}
		}
		System.out.println("pages of " + cap + ": " + readings + " readings, " + refused + " refused");
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 4, 5, 6, 8, 10, 12 })
	void listWhenPagesAreCappedShouldReadAnyLengthExactly(int cap) {
		for (int rows = 1; rows <= 130; rows++) {
			ModelLog log = capped(rows, cap);
			for (Order order : Order.values()) {
				String reading = rows + " rows in pages of " + cap + ", " + order;
				CountingSource source = new CountingSource(log);
				List<AuditLog> read = new ArrayList<>();
				String token = null;
				do {
					AuditLogQuery query = AuditLogQuery.builder().order(order).pageToken(token).build();
					AuditLogPage page = new LogReader(source, "acme", query, 100).page().block(LIMIT);
					read.addAll(page.auditLogs());
					token = page.nextPageToken();
				}
				while (token != null && source.requests() <= 10 + 3 * rows);
				assertThat(new Ledger(order, read).holdsJust(log.rows()).complaint()).as(reading).isNull();
				assertThat(source.requests()).as(reading).isLessThanOrEqualTo(10 + 3 * rows);
			}
		}
	}

	private static ModelLog capped(int rows, int cap) {
		ModelLog log = new ModelLog(new Random(0), cap, false);
		insert(log, rows);
		return log;
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void streamWhenOneAnswerIsCappedShouldSendFewMoreRequests(Order order, int concurrency) {
		ModelLog log = ModelLog.still(20_000);
		AuditLogQuery query = AuditLogQuery.builder().order(order).build();
		int[] requests = new int[2];
		for (int capped = 0; capped < 2; capped++) {
			CountingSource source = cappedAt(log, (capped == 0) ? -1 : 5);
			List<AuditLog> read = new LogReader(source, "acme", query, 100).entries(concurrency)
				.collectList()
				.block(LIMIT);
			assertThat(new Ledger(order, read).holdsJust(log.rows()).complaint()).isNull();
			requests[capped] = source.requests();
		}
		System.out.println("a cap seen once, " + order + ", concurrency " + concurrency + ": " + requests[1]
				+ " requests instead of " + requests[0]);
		assertThat(requests[1]).isLessThanOrEqualTo(requests[0] + 30);
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void listWhenOneAnswerIsCappedShouldSendFewMoreRequests(Order order) {
		ModelLog log = ModelLog.still(20_000);
		CountingSource source = cappedAt(log, 5);
		List<AuditLog> read = new ArrayList<>();
		String token = null;
		do {
			AuditLogQuery query = AuditLogQuery.builder().order(order).pageToken(token).build();
			AuditLogPage page = new LogReader(source, "acme", query, 100).page().block(LIMIT);
			read.addAll(page.auditLogs());
			token = page.nextPageToken();
		}
		while (token != null && source.requests() < 1000);
		assertThat(new Ledger(order, read).holdsJust(log.rows()).complaint()).isNull();
		System.out.println("a cap seen once, by token, " + order + ": " + source.requests() + " requests");
		assertThat(source.requests()).isLessThanOrEqualTo(260);
	}

	/** One of the answers has pages of five rows. */
	private static CountingSource cappedAt(ModelLog log, int number) {
		int[] requests = new int[1];
		return new CountingSource((page, size) -> Mono
			.fromSupplier(() -> log.answer(page, (++requests[0] == number) ? Math.min(size, 5) : size)));
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void streamWhenPageThatRetentionRemovedIsNotFoundShouldReadWhatIsLeft(Order order, int concurrency) {
		for (int at = 1; at <= 12; at++) {
			for (int left : new int[] { 0, 1, 99, 100, 101, 350, 600 }) {
				ModelLog log = ModelLog.still(2000);
				List<AuditLog> snapshot = log.rows();
				int[] requests = new int[1];
				int removing = at;
				CountingSource source = new CountingSource((page, size) -> Mono.fromSupplier(() -> {
					if (++requests[0] == removing) {
						log.removeOldest(log.size() - left);
					}
					return orNotFound(log, page, size);
				}));
				AuditLogQuery query = AuditLogQuery.builder().order(order).build();
				List<AuditLog> read = new LogReader(source, "acme", query, 100).entries(concurrency)
					.collectList()
					.block(LIMIT);
				String reading = left + " rows left at request " + at;
				assertThat(new Ledger(order, read).holds(snapshot, log.removed()).holdsNoMoreThan(snapshot).complaint())
					.as(reading)
					.isNull();
				assertThat(source.requests()).as(reading).isLessThan(50);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void listWhenPageThatRetentionRemovedIsNotFoundShouldReadWhatIsLeft(Order order) {
		for (int left : new int[] { 0, 1, 99, 100, 101, 350, 600 }) {
			ModelLog log = ModelLog.still(2000);
			CountingSource source = new CountingSource(
					(page, size) -> Mono.fromSupplier(() -> orNotFound(log, page, size)));
			AuditLogQuery query = AuditLogQuery.builder().order(order).build();
			AuditLogPage page = new LogReader(source, "acme", query, 100).page().block(LIMIT);
			List<AuditLog> snapshot = log.rows();
			List<AuditLog> read = new ArrayList<>(page.auditLogs());
			log.removeOldest(log.size() - left);
			String token = page.nextPageToken();
			while (token != null && source.requests() < 100) {
				AuditLogQuery next = query.toBuilder().pageToken(token).build();
				page = new LogReader(source, "acme", next, 100).page().block(LIMIT);
				read.addAll(page.auditLogs());
				token = page.nextPageToken();
			}
			assertThat(new Ledger(order, read).holds(snapshot, log.removed()).holdsNoMoreThan(snapshot).complaint())
				.as(left + " rows left")
				.isNull();
			assertThat(source.requests()).isLessThan(50);
		}
	}

	private static SourcePage orNotFound(ModelLog log, int page, int size) {
		if (page > 1 && (page - 1L) * size >= log.size()) {
			throw new TursoNotFoundException("no such page", new TursoApiError(404, null, null, "GET", "/"));
		}
		return log.answer(page, size);
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void streamWhenResponsesAreOutOfOrderShouldNotMultiplyRequests(Order order) {
		for (int growth : new int[] { 0, 1, 3 }) {
			int most = 0;
			for (int seed = 0; seed < 10; seed++) {
				Random random = new Random(seed);
				ModelLog log = ModelLog.still(10_000);
				List<AuditLog> snapshot = log.rows();
				ModelServer server = new ModelServer(log, random, (moving) -> insert(moving, growth)).reordering();
				AuditLogQuery query = AuditLogQuery.builder().order(order).build();
				ModelServer.Result<AuditLog> result = server.run(new LogReader(server, "acme", query, 100).entries(8));
				assertThat(result.completed).isTrue();
				assertThat(new Ledger(order, result.values).holds(snapshot, List.of()).complaint()).isNull();
				most = Math.max(most, server.requests());
			}
			System.out.println("100 pages, 8 in flight, out of order, " + order + ", growing by " + growth
					+ " three times a response: at most " + most + " requests");
			assertThat(most).isLessThanOrEqualTo(105 + 30 * growth + ((growth > 0) ? 35 : 0));
		}
	}

	@Test
	void followWhenServerKeepsViolatingTheContractShouldFailAfterFewRequests() {
		ModelLog log = ModelLog.still(500);
		List<PageSource> sources = List.of(
				(page, size) -> Mono.fromSupplier(() -> said(log.answer(page, size), page, null)),
				(page, size) -> Mono.fromSupplier(() -> said(log.answer(page, size), page + 1, (long) log.size())),
				(page, size) -> Mono.fromSupplier(() -> said(log.answer(page, size), page, log.size() + 1000L)));
		for (PageSource source : sources) {
			CountingSource counting = new CountingSource(source);
			StepVerifier.withVirtualTime(() -> follow(counting, null).concatMapIterable(AuditLogPage::auditLogs))
				.thenAwait(Duration.ofDays(1))
				.thenConsumeWhile((entry) -> true)
				.expectError(TursoProtocolException.class)
				.verify(LIMIT);
			assertThat(counting.requests()).isLessThanOrEqualTo(20);
		}
	}

	private static SourcePage said(SourcePage answer, int page, @Nullable Long totalRows) {
		return new SourcePage(answer.rows(), page, answer.pageSize(), null, totalRows);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4, 8 })
	void streamWhenCancelledWithRequestsInFlightShouldLogNothing(int concurrency) {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Level level = root.getLevel();
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		root.addAppender(appender);
		root.setLevel(Level.INFO);
		try {
			ModelLog log = ModelLog.still(5000);
			int[] cancelled = new int[1];
			int[] requests = new int[1];
			PageSource source = (page, size) -> (++requests[0] <= 2) ? Mono.just(log.answer(page, size))
					: failingWhenCancelled(cancelled);
			for (Order order : Order.values()) {
				requests[0] = 0;
				cancelled[0] = 0;
				AuditLogQuery query = AuditLogQuery.builder().order(order).build();
				Disposable reading = new LogReader(source, "acme", query, 100).entries(concurrency).subscribe();
				int sent = requests[0];
				reading.dispose();
				assertThat(cancelled[0]).isEqualTo(sent - 2).isPositive();
				assertThat(requests[0]).as("sent after cancelling").isEqualTo(sent);
			}
			assertThat(appender.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
		}
		finally {
			root.setLevel(level);
			root.detachAppender(appender);
		}
	}

	/** Fails when it is cancelled, as a body does that is released meanwhile. */
	private static Mono<SourcePage> failingWhenCancelled(int[] cancelled) {
		return Mono.fromDirect((subscriber) -> subscriber.onSubscribe(new Subscription() {

			@Override
			public void request(long demand) {
			}

			@Override
			public void cancel() {
				cancelled[0]++;
				subscriber.onError(new IllegalStateException("The body has been released already"));
			}

		}));
	}

	private static void insert(ModelLog log, int rows) {
		for (int i = 0; i < rows; i++) {
			log.insert(log.headSecond() + 1);
		}
	}

}
