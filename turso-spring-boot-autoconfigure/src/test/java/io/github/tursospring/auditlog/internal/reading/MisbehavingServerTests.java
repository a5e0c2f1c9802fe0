package io.github.tursospring.auditlog.internal.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoApiError;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.internal.http.SourcePage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that do not keep to the contract are read rightly or refused by name, after a
 * bounded number of requests: never is a part of the log passed off as all of it.
 */
class MisbehavingServerTests {

	private static final int[] ROWS = { 1, 2, 50, 99, 100, 101, 150, 200, 250, 300, 940, 950, 1000 };

	private static final int MOST_REQUESTS = 1500;

	private int refused;

	private int read;

	@Test
	void readWhenPaginationIsMissingShouldRefuse() {
		alwaysRefused((log) -> (page, size) -> said(log.answer(page, size), null, null, null));
	}

	@Test
	void readWhenPaginationOfSmallPagesIsMissingShouldRefuse() {
		alwaysRefused((log) -> (page, size) -> said(log.answer(page, Math.min(size, 50)), null, null, null));
	}

	@Test
	void readWhenPaginationOfRowsIsZeroShouldRefuse() {
		String message = refusal((page, size) -> new SourcePage(log(250).answer(page, size).rows(), 0, 0, 0, 0L));
		assertThat(message).contains("page 1 was requested, but the response is page 0");
		message = refusal((page, size) -> new SourcePage(log(250).answer(page, size).rows(), null, 0, 0, 0L));
		assertThat(message).contains("pagination.page_size is 0");
	}

	@Test
	void readWhenTotalIsMissingShouldRefuse() {
		alwaysRefused((log) -> (page, size) -> said(log.answer(page, size), page, size, null));
	}

	@Test
	void readWhenTotalOfSmallPagesIsMissingShouldRefuse() {
		alwaysRefused(
				(log) -> (page, size) -> said(log.answer(page, Math.min(size, 50)), page, Math.min(size, 50), null));
	}

	@Test
	void readWhenPagesAreSmallAndSaidToBeShouldReadAll() {
		alwaysRead((log) -> (page, size) -> log.answer(page, Math.min(size, 50)));
	}

	@Test
	void readWhenPagesAreSmallAndOfUnknownSizeShouldReadAllOrRefuse() {
		readOrRefused((log) -> (page, size) -> said(log.answer(page, Math.min(size, 50)), page, null, log.size()));
	}

	@Test
	void readWhenPagesAreSmallAndSaidToBeLargeShouldReadAllOrRefuse() {
		readOrRefused((log) -> (page, size) -> said(log.answer(page, Math.min(size, 50)), page, size, log.size()));
	}

	@Test
	void readWhenPagesAreSmallAndSaidToBeLargeWithoutTotalShouldReadAllOrRefuse() {
		readOrRefused((log) -> (page, size) -> said(log.answer(page, Math.min(size, 50)), page, size, null));
	}

	@Test
	void readWhenPageSizeIsIgnoredAndServerSaysSoShouldReadAllOrRefuse() {
		readOrRefused((log) -> (page, size) -> log.answer(page, 50));
	}

	@Test
	void readWhenPageSizeIsIgnoredSilentlyShouldReadAllOrRefuse() {
		readOrRefused((log) -> (page, size) -> said(log.answer(page, 50), page, null, log.size()));
		readOrRefused((log) -> (page, size) -> said(log.answer(page, 50), page, size, log.size()));
	}

	@Test
	void readWhenPageSizeIsIgnoredWithoutPaginationShouldReadAllOrRefuse() {
		readOrRefused((log) -> (page, size) -> said(log.answer(page, 50), null, null, null));
	}

	@Test
	void readWhenPageNumberIsWrongShouldRefuse() {
		String message = refusal((page, size) -> {
			SourcePage answer = log(250).answer(page, size);
			return said(answer, page + 1, answer.pageSize(), answer.totalRows());
		});
		assertThat(message).contains("page 1 was requested, but the response is page 2");
		readOrRefused((log) -> (page, size) -> said(log.answer(page, size), page + 1, size, log.size()));
	}

	@Test
	void readWhenPageIsIgnoredAndServerSaysSoShouldRefuse() {
		String message = refusal((page, size) -> log(250).answer(1, size));
		assertThat(message).contains("page 2 was requested, but the response is page 1");
		readOrRefused((log) -> (page, size) -> log.answer(1, size));
	}

	@Test
	void readWhenPageIsIgnoredSilentlyShouldRefuse() {
		for (int rows : new int[] { 150, 200, 250, 300, 1000 }) {
			String message = refusal((page, size) -> said(log(rows).answer(1, size), page, size, rows));
			assertThat(message).contains("seems to ignore 'page'");
		}
		readOrRefused((log) -> (page, size) -> said(log.answer(1, size), page, size, log.size()));
		readOrRefused((log) -> (page, size) -> said(log.answer(1, size), null, null, log.size()));
	}

	@Test
	void readWhenPageIsIgnoredWithoutPaginationShouldReadAllOrRefuse() {
		readOrRefused((log) -> (page, size) -> said(log.answer(1, size), null, null, null));
	}

	@Test
	void readWhenAnotherPageIsAnsweredPastTheEndShouldReadAll() {
		alwaysRead((log) -> (page, size) -> {
			int last = Math.max(1, (log.size() + size - 1) / size);
			return log.answer(Math.min(page, last), size);
		});
		alwaysRead((log) -> (page, size) -> log.answer(((page - 1) * size < log.size()) ? page : 1, size));
	}

	@Test
	void readWhenPagesPastTheEndAreNotFoundShouldReadAll() {
		alwaysRead((log) -> (page, size) -> {
			if (page > 1 && (page - 1) * size >= log.size()) {
				throw new TursoNotFoundException("no such page", new TursoApiError(404, null, null, "GET", "/"));
			}
			return log.answer(page, size);
		});
	}

	@Test
	void readWhenPageBeforeTheEndIsEmptyShouldRefuse() {
		String message = refusal((page, size) -> emptied(log(250).answer(page, size), page == 2));
		assertThat(message).contains("page 2 is empty, before the end of a log of 250 rows");
		readOrRefused((log) -> (page, size) -> emptied(log.answer(page, size), (page - 1) * size >= 100));
		readOrRefused((log) -> (page, size) -> emptied(log.answer(page, size), true));
	}

	@Test
	void readWhenPageInTheMiddleIsShortShouldRefuse() {
		String message = refusal((page, size) -> cut(log(250).answer(page, size), (page == 2) ? 60 : size));
		assertThat(message).contains("page 2 ends after 60 of 100 rows, before the end of a log of 250 rows");
		for (int most : new int[] { 1, 37, 60 }) {
			readOrRefused((log) -> (page, size) -> cut(log.answer(page, size), (page == 2) ? most : size));
			readOrRefused((log) -> (page, size) -> cut(log.answer(page, size), (page == 1) ? most : size));
			readOrRefused((log) -> (page, size) -> cut(log.answer(page, size), (page % 3 == 0) ? most : size));
		}
	}

	@Test
	void readWhenRowsAreOutOfOrderShouldRefuse() {
		String message = refusal((page, size) -> reversed(log(250).answer(page, size)));
		assertThat(message).contains("page 1 is not ordered newest first");
		readOrRefused((log) -> (page, size) -> reversed(log.answer(page, size)));
	}

	@Test
	void readWhenLogIsOldestFirstShouldRefuse() {
		String message = refusal((page, size) -> oldestFirst(log(250), page, size));
		assertThat(message).contains("page 1 is not ordered newest first");
		readOrRefused((log) -> (page, size) -> oldestFirst(log, page, size));
	}

	@Test
	void readNewestFirstWhenPagesAreOutOfOrderShouldRefuse() {
		String message = refusal((page, size) -> said(log(450).answer((page == 2 || page == 3) ? 5 - page : page, size),
				page, size, 450));
		assertThat(message)
			.contains("page 3 (of 100 rows) begins with a newer row than page 2 (of 100 rows) ends with");
		message = refusal((page, size) -> said(log(450).answer((page <= 5) ? 6 - page : page, size), page, size, 450));
		assertThat(message).contains("page 1 ends after 50 of 100 rows, before the end of a log of 450 rows");
		message = refusal((page, size) -> said(log(500).answer((page <= 5) ? 6 - page : page, size), page, size, 500));
		assertThat(message).contains("page 2 (of 100 rows) begins with a newer row than page 1 (of 100 rows)");
	}

	@Test
	void readWhenAnswerHasMoreRowsThanAskedForShouldRefuse() {
		String message = refusal((page, size) -> {
			SourcePage answer = log(250).answer(page, size + 1);
			return said(answer, page, size, 250);
		});
		assertThat(message).contains("page 1 has 101 rows, more than the page size of 100");
		readOrRefused((log) -> (page, size) -> said(log.answer(page, 2 * size), page, size, log.size()));
		readOrRefused((log) -> (page, size) -> said(log.answer(page, 1000), null, null, null));
	}

	@Test
	@Tag("slow")
	void readWhenTotalIsTooSmallShouldReadAllOrRefuse() {
		for (int less : new int[] { 1, 2, 7, 50, 99, 100, 101, 500 }) {
			readOrRefused(
					(log) -> (page, size) -> said(log.answer(page, size), page, size, Math.max(0, log.size() - less)));
		}
		for (int cap : new int[] { 0, 1, 100, 200, 225, 300 }) {
			readOrRefused((log) -> (page, size) -> said(log.answer(page, size), page, size, Math.min(cap, log.size())));
		}
	}

	@Test
	void readWhenTotalIsLargerThanAnyLogShouldRefuse() {
		for (long total : new long[] { Long.MAX_VALUE, 1L << 60, 2_147_483_647_001L }) {
			assertThat(refusal((page, size) -> said(log(250).answer(page, size), page, size, total)))
				.contains("pagination.total_rows of page 1 (of 100 rows) is " + total);
		}
	}

	@Test
	@Tag("slow")
	void readWhenTotalIsTooLargeShouldReadAllOrRefuse() {
		for (long more : new long[] { 1, 2, 7, 99, 100, 101, 10_000, Integer.MAX_VALUE, Long.MAX_VALUE / 2 }) {
			readOrRefused((log) -> (page, size) -> said(log.answer(page, size), page, size, log.size() + more));
		}
	}

	@Test
	void readWhenTotalShrinksToNothingShouldReadAllOrRefuse() {
		readOrRefused((log) -> {
			int[] requests = new int[1];
			return (page, size) -> said(log.answer(page, size), page, size,
					Math.max(0, log.size() - 70 * requests[0]++));
		});
		readOrRefused((log) -> {
			int[] requests = new int[1];
			return (page, size) -> said(log.answer(page, size), page, size, (requests[0]++ < 2) ? log.size() : 0);
		});
	}

	@Test
	void readWhenTotalIsMissingAtTimesShouldReadAllOrRefuse() {
		readOrRefused((log) -> {
			int[] requests = new int[1];
			return (page, size) -> said(log.answer(page, size), page, size,
					(requests[0]++ % 2 == 0) ? log.size() : null);
		});
	}

	@Test
	@Tag("slow")
	void readWhenTotalIsRandomShouldReadAllOrRefuse() {
		for (int seed = 0; seed < 20; seed++) {
			Random random = new Random(seed);
			readOrRefused((log) -> (page, size) -> said(log.answer(page, size), page, size, random.nextInt(2000)));
		}
	}

	@Test
	void readNewestFirstWhenSomeResponsesAreOfAnEarlierTimeShouldReadAllOrRefuse() {
		for (int seed = 0; seed < 100; seed++) {
			Random random = new Random(seed);
			ModelLog earlier = log(801 + random.nextInt(199));
			readOrRefusedWhenSomeResponsesAreOf(earlier, random);
		}
	}

	/** Retention has removed more since then than was added. */
	@Test
	void readNewestFirstWhenResponsesOfAnEarlierTimeHaveMoreRowsShouldReadAllOrRefuse() {
		for (int seed = 0; seed < 100; seed++) {
			Random random = new Random(seed);
			int added = 1 + random.nextInt(199);
			ModelLog earlier = earlier(added + 1 + random.nextInt(199), 1000 - added);
			readOrRefusedWhenSomeResponsesAreOf(earlier, random);
		}
	}

	private void readOrRefusedWhenSomeResponsesAreOf(ModelLog earlier, Random random) {
		AuditLogQuery query = AuditLogQuery.builder().order(Order.DESC).build();
		for (int concurrency : new int[] { 1, 4 }) {
			AtomicInteger requests = new AtomicInteger();
			readOrRefused(
					(log) -> (page, size) -> ((requests.getAndIncrement() == 0 || random.nextBoolean()) ? log : earlier)
						.answer(page, size),
					1000, query, concurrency, false);
		}
	}

	@Test
	@Tag("slow")
	void readWhenPaginationIsWrongAtRandomShouldReadAllOrRefuse() {
		for (int seed = 0; seed < 20; seed++) {
			Random random = new Random(seed);
			readOrRefused((log) -> (page, size) -> said(log.answer(page, size),
					(random.nextInt(20) == 0) ? random.nextInt(10) : page,
					(random.nextInt(20) == 0) ? random.nextInt(200) : size,
					(random.nextInt(20) == 0) ? random.nextInt(2000) : log.size()));
		}
	}

	@Test
	void streamWhenLogGrowsByAPageWithEachRequestShouldEnd() {
		boundedStreams((log) -> (page, size) -> {
			for (int i = 0; i < 100; i++) {
				log.insert(log.headSecond() + 1);
			}
			return log.answer(page, size);
		});
	}

	/** Page by page, such a log is read for as long as it grows. */
	private void boundedStreams(Server server) {
		for (int rows : ROWS) {
			for (Order order : Order.values()) {
				for (int concurrency : new int[] { 1, 4 }) {
					readOrRefused(server, rows, AuditLogQuery.builder().order(order).build(), concurrency, false);
				}
			}
		}
	}

	private static ModelLog log(int rows) {
		return ModelLog.still(rows);
	}

	/** The beginning of {@link #log}, with older rows that are not in it. */
	private static ModelLog earlier(int older, int rows) {
		ModelLog log = new ModelLog(new Random(0), 1000, false);
		for (int i = -older; i < rows; i++) {
			log.insert(1_700_000_000L + i, "entry " + i);
		}
		return log;
	}

	private static SourcePage said(SourcePage answer, @Nullable Integer page, @Nullable Integer pageSize,
			@Nullable Number totalRows) {
		return new SourcePage(answer.rows(), page, pageSize, null, (totalRows != null) ? totalRows.longValue() : null);
	}

	private static SourcePage emptied(SourcePage answer, boolean emptied) {
		return cut(answer, emptied ? 0 : answer.rows().size());
	}

	private static SourcePage cut(SourcePage answer, int most) {
		return new SourcePage(answer.rows().subList(0, Math.min(most, answer.rows().size())), answer.page(),
				answer.pageSize(), answer.totalPages(), answer.totalRows());
	}

	private static SourcePage oldestFirst(ModelLog log, int page, int size) {
		List<AuditLog> rows = log.rows();
		int start = Math.min((page - 1) * size, rows.size());
		return new SourcePage(rows.subList(start, Math.min(start + size, rows.size())), page, size, null,
				(long) rows.size());
	}

	private static SourcePage reversed(SourcePage answer) {
		List<AuditLog> rows = new ArrayList<>(answer.rows());
		Collections.reverse(rows);
		return new SourcePage(rows, answer.page(), answer.pageSize(), answer.totalPages(), answer.totalRows());
	}

	/** Reads a log of 250 newest first, and returns why it was refused. */
	private static String refusal(Answers answers) {
		CountingSource source = new CountingSource((page, size) -> Mono.fromSupplier(() -> answers.answer(page, size)));
		String[] message = new String[1];
		new LogReader(source, "acme", AuditLogQuery.all(), 100).entries(1)
			.doOnError((ex) -> message[0] = ex.getMessage())
			.onErrorComplete(TursoProtocolException.class)
			.blockLast();
		assertThat(message[0]).contains("'acme'");
		return message[0];
	}

	private void alwaysRead(Server server) {
		readOrRefused(server);
		assertThat(this.refused).isZero();
	}

	private void alwaysRefused(Server server) {
		readOrRefused(server);
		assertThat(this.read).isZero();
	}

	private void readOrRefused(Server server) {
		for (int rows : ROWS) {
			for (Order order : Order.values()) {
				AuditLogQuery all = AuditLogQuery.builder().order(order).build();
				AuditLogQuery range = all.toBuilder()
					.startTime(Instant.ofEpochSecond(1_700_000_000L + rows / 5))
					.endTime(Instant.ofEpochSecond(1_700_000_000L + rows - rows / 5))
					.build();
				for (AuditLogQuery query : List.of(all, range)) {
					for (int concurrency : new int[] { 1, 4 }) {
						readOrRefused(server, rows, query, concurrency, false);
					}
					readOrRefused(server, rows, query, 1, true);
				}
			}
		}
	}

	@AfterEach
	void print(TestInfo test) {
		System.out.println(test.getDisplayName() + " read " + this.read + ", refused " + this.refused);
	}

	private void readOrRefused(Server server, int rows, AuditLogQuery query, int concurrency, boolean paged) {
		ModelLog log = log(rows);
		List<AuditLog> expected = log.rows().stream().filter(query::matches).toList();
		Answers answers = server.of(log);
		CountingSource source = new CountingSource((page, size) -> Mono.fromSupplier(() -> answers.answer(page, size)));
		String reading = rows + " rows, " + query.order() + ", range " + query.startTime() + ", concurrency "
				+ concurrency + (paged ? ", page by page" : "");
		List<AuditLog> entries = new ArrayList<>();
		try {
			if (paged) {
				readPageByPage(source, query, entries);
			}
			else {
				new LogReader(source, "acme", query, 100).entries(concurrency)
					.doOnNext(entries::add)
					.takeUntil((entry) -> source.requests() > MOST_REQUESTS)
					.blockLast();
			}
			assertThat(new Ledger(query.order(), entries).holds(expected, List.of()).complaint()).as(reading).isNull();
			assertThat(entries).as(reading).doesNotHaveDuplicates();
			this.read++;
		}
		catch (TursoProtocolException ex) {
			assertThat(ex).as(reading).hasMessageContaining("'acme'");
			assertThat(entries).as(reading).doesNotHaveDuplicates();
			this.refused++;
		}
		assertThat(source.requests()).as(reading).isLessThanOrEqualTo(MOST_REQUESTS);
	}

	private static void readPageByPage(CountingSource source, AuditLogQuery query, List<AuditLog> entries) {
		String token = null;
		do {
			AuditLogQuery next = query.toBuilder().pageToken(token).build();
			AuditLogPage page = new LogReader(source, "acme", next, 100).page().block();
			entries.addAll(page.auditLogs());
			token = page.nextPageToken();
		}
		while (token != null && source.requests() <= MOST_REQUESTS);
	}

	private interface Answers {

		SourcePage answer(int page, int pageSize);

	}

	private interface Server {

		Answers of(ModelLog log);

	}

}
