package io.github.tursospring.auditlog.internal.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reading that is cut and resumed by its token is the reading uncut, whatever the log
 * did in between.
 */
class ResumeTests {

	private static final int HISTORIES = ExactlyOnceTests.HISTORIES / 10;

	private static final int MOST_CUTS = 12;

	@Test
	void streamPagesWhenResumedAfterAnyPageShouldReadTheSame() {
		assertThat(failures(HISTORIES, (history, random) -> readCuttingOnce(history))).isEmpty();
	}

	private static @Nullable String readCuttingOnce(ExactlyOnceTests.History history) {
		AuditLogQuery query = AuditLogQuery.builder().order(history.order).build();
		List<AuditLogPage> pages = reader(history, query, null).pages(history.concurrency).collectList().block();
		int stride = pages.size() / MOST_CUTS + 1;
		for (int cut = 0; cut < pages.size(); cut += stride) {
			List<AuditLog> read = entries(pages.subList(0, cut + 1));
			String token = pages.get(cut).nextPageToken();
			read.addAll(reader(history, query, token).entries(history.concurrency).collectList().block());
			String complaint = new Ledger(history.order, read).holdsJust(history.log.rows()).complaint();
			if (complaint != null) {
				return "cut after page " + cut + ": " + complaint;
			}
		}
		return null;
	}

	@Test
	void streamPagesWhenResumedAfterEveryPageOfAMovingLogShouldReadExactlyOnce() {
		assertThat(failures(HISTORIES / 2, ResumeTests::readCutting)).isEmpty();
	}

	private static @Nullable String readCutting(ExactlyOnceTests.History history, Random random) {
		AuditLogQuery query = AuditLogQuery.builder().order(history.order).build();
		List<AuditLog> read = new ArrayList<>();
		List<AuditLog> snapshot = history.log.rows();
		AuditLogPage page;
		String token = null;
		int cuts = 0;
		do {
			snapshot = (history.order == Order.ASC) ? history.log.rows() : snapshot;
			page = reader(history, query, token).pages(history.concurrency).blockFirst();
			read.addAll(page.auditLogs());
			token = page.nextPageToken();
			if (cuts++ < 100) {
				move(history.log, random, history.pageSize);
			}
		}
		while (page.hasMore());
		List<AuditLog> all = new ArrayList<>(history.log.rows());
		all.addAll(history.log.removed());
		return new Ledger(history.order, read).holds(snapshot, history.log.removed())
			.holdsNoMoreThan((history.order == Order.ASC) ? all : snapshot)
			.complaint();
	}

	private static void move(ModelLog log, Random random, int pageSize) {
		long second = log.headSecond();
		for (int rows = random.nextInt(4) * random.nextInt(1 + pageSize); rows > 0; rows--) {
			second += 1 + random.nextInt(2);
			log.insert(second);
		}
		if (random.nextInt(3) == 0) {
			log.removeOldest(random.nextInt(1 + log.size() / 10));
		}
	}

	@Test
	void listWhenReadPageByPageShouldReadMatchesExactlyOnce() {
		assertThat(
				failures(HISTORIES, (history, random) -> readPageByPage(history, RandomQueries.query(random, history))))
			.isEmpty();
	}

	private static @Nullable String readPageByPage(ExactlyOnceTests.History history, AuditLogQuery query) {
		List<AuditLog> matching = history.log.rows().stream().filter(query::matches).toList();
		List<AuditLog> read = new ArrayList<>();
		String token = null;
		do {
			AuditLogPage page = reader(history, query, token).page().block();
			assertThat(page.auditLogs()).hasSizeLessThanOrEqualTo(history.pageSize);
			assertThat(page.hasMore()).isEqualTo(page.nextPageToken() != null);
			read.addAll(page.auditLogs());
			token = page.nextPageToken();
		}
		while (token != null);
		return new Ledger(history.order, read).holdsJust(matching).complaint();
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void listShouldFillEveryPageExceptTheLast(Order order) {
		ModelLog log = ModelLog.still(2000);
		for (int pageSize : new int[] { 1, 7, 100, 500 }) {
			for (AuditLogQuery query : List.of(AuditLogQuery.builder().order(order).build(),
					AuditLogQuery.builder().order(order).author("author-0").build(),
					AuditLogQuery.builder()
						.order(order)
						.startTime(Instant.ofEpochSecond(1_700_000_100L))
						.endTime(Instant.ofEpochSecond(1_700_001_700L))
						.build())) {
				AuditLogPage page;
				String token = null;
				do {
					AuditLogQuery next = query.toBuilder().pageToken(token).build();
					page = new LogReader(new CountingSource(log), "acme", next, pageSize).page().block();
					assertThat(page.auditLogs().size() == pageSize || !page.hasMore()).isTrue();
					token = page.nextPageToken();
				}
				while (page.hasMore());
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void resumeWhenMuchWasInsertedShouldCostFewRequests(Order order, int concurrency) {
		ModelLog log = ModelLog.still(20_000);
		AuditLogQuery query = AuditLogQuery.builder().order(order).build();
		AuditLogPage page = new LogReader(new CountingSource(log), "acme", query, 100).pages(concurrency).blockFirst();
		insert(log, 10_000);
		AuditLogQuery rest = query.toBuilder().pageToken(page.nextPageToken()).build();
		CountingSource source = new CountingSource(log);
		AuditLogPage next = new LogReader(source, "acme", rest, 100).pages(concurrency).blockFirst();
		int read = page.auditLogs().size();
		AuditLog expected = log.rows().get((order == Order.DESC) ? 19_999 - read : read);
		assertThat(next.auditLogs().get(0)).isEqualTo(expected);
		System.out.println("resuming after 10,000 inserts, " + order + ", concurrency " + concurrency + ": "
				+ source.requests() + " requests up to the first further page");
		assertThat(source.requests()).isLessThanOrEqualTo(4 + 2 * (concurrency - 1));
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void resumeWhenTotalTellsNothingShouldCostFewRequests(Order order) {
		ModelLog log = ModelLog.still(40_000);
		AuditLogQuery query = AuditLogQuery.builder()
			.order(order)
			.startTime(Instant.ofEpochSecond(1_700_015_000L))
			.endTime(Instant.ofEpochSecond(1_700_025_000L))
			.build();
		AuditLogPage page = new LogReader(new CountingSource(log), "acme", query, 100).page().block();
		insert(log, 10_000);
		log.removeOldest(10_000);
		CountingSource source = new CountingSource(log);
		AuditLogQuery rest = query.toBuilder().pageToken(page.nextPageToken()).build();
		AuditLogPage next = new LogReader(source, "acme", rest, 100).page().block();
		long second = (order == Order.DESC) ? 1_700_024_899L : 1_700_015_100L;
		assertThat(ModelLog.second(next.auditLogs().get(0))).isEqualTo(second);
		System.out.println("resuming after 10,000 inserts and as many removals, " + order + ": " + source.requests()
				+ " requests for the next page");
		assertThat(source.requests()).isLessThanOrEqualTo(16);
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void lastPageOfAStreamShouldHaveNoMoreAndATokenForWhatComesLater(Order order) {
		ModelLog log = ModelLog.still(250);
		AuditLogQuery query = AuditLogQuery.builder().order(order).build();
		List<AuditLogPage> pages = new LogReader(new CountingSource(log), "acme", query, 100).pages(1)
			.collectList()
			.block();
		assertThat(pages).allSatisfy((page) -> assertThat(page.auditLogs()).isNotEmpty())
			.allSatisfy((page) -> assertThat(page.nextPageToken()).isNotNull());
		assertThat(pages.subList(0, pages.size() - 1)).allMatch(AuditLogPage::hasMore);
		AuditLogPage last = pages.get(pages.size() - 1);
		assertThat(last.hasMore()).isFalse();
		insert(log, 10);
		AuditLogQuery rest = query.toBuilder().pageToken(last.nextPageToken()).build();
		List<AuditLog> later = new LogReader(new CountingSource(log), "acme", rest, 100).entries(1)
			.collectList()
			.block();
		assertThat(later).isEqualTo((order == Order.ASC) ? log.rows().subList(250, 260) : List.of());
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void streamPagesWhenNoEntryMatchesShouldBeOneEmptyPageWithToken(Order order) {
		ModelLog log = ModelLog.still(250);
		AuditLogQuery query = AuditLogQuery.builder().order(order).author("nobody").build();
		List<AuditLogPage> pages = new LogReader(new CountingSource(log), "acme", query, 100).pages(1)
			.collectList()
			.block();
		assertThat(pages).hasSize(1);
		assertThat(pages.get(0).auditLogs()).isEmpty();
		assertThat(pages.get(0).hasMore()).isFalse();
		assertThat(pages.get(0).nextPageToken()).isNotNull();
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void readWhenLogIsEmptyShouldReturnAnEmptyPageAfterOneRequest(Order order) {
		CountingSource source = new CountingSource(ModelLog.still(0));
		AuditLogQuery query = AuditLogQuery.builder().order(order).build();
		assertThat(new LogReader(source, "acme", query, 100).entries(4).collectList().block()).isEmpty();
		assertThat(new LogReader(source, "acme", query, 100).page().block())
			.isEqualTo(new AuditLogPage(List.of(), null, false, null));
		assertThat(new LogReader(source, "acme", query, 100).pages(1).collectList().block()).singleElement()
			.satisfies((page) -> assertThat(page.auditLogs()).isEmpty())
			.satisfies((page) -> assertThat(page.hasMore()).isFalse());
		assertThat(source.requests()).isEqualTo(3);
	}

	private static List<String> failures(int histories,
			BiFunction<ExactlyOnceTests.History, Random, @Nullable String> reading) {
		List<String> failures = new ArrayList<>();
		for (long seed = 0; seed < histories; seed++) {
			ExactlyOnceTests.History history = new ExactlyOnceTests.History(seed);
			String failure;
			try {
				failure = reading.apply(history, new Random(seed));
			}
			catch (TursoException ex) {
				failure = ex.toString();
			}
			if (failure != null) {
				failures.add(history + ": " + failure);
			}
		}
		return failures;
	}

	private static LogReader reader(ExactlyOnceTests.History history, AuditLogQuery query, @Nullable String token) {
		return new LogReader(new CountingSource(history.log), "acme", query.toBuilder().pageToken(token).build(),
				history.pageSize);
	}

	private static void insert(ModelLog log, int rows) {
		long second = log.headSecond();
		for (int i = 0; i < rows; i++) {
			log.insert(++second);
		}
	}

	private static List<AuditLog> entries(List<AuditLogPage> pages) {
		List<AuditLog> entries = new ArrayList<>();
		pages.forEach((page) -> entries.addAll(page.auditLogs()));
		return entries;
	}

}
