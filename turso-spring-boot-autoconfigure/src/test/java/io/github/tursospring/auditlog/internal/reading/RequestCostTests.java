package io.github.tursospring.auditlog.internal.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.activity.OrganizationActivity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What reading a log that stands still costs, in requests.
 */
class RequestCostTests {

	private static final long FIRST_SECOND = 1_700_000_000L;

	private static final int PAGE_SIZE = 100;

	private static final ModelLog EVEN = ModelLog.still(200_000);

	private static final ModelLog UNEVEN = uneven(200_000);

	@ParameterizedTest
	@CsvSource({ "DESC, 1, 1000, 101", "DESC, 1, 100, 101", "ASC, 1, 1000, 106", "ASC, 1, 100, 120",
			"DESC, 8, 1000, 106", "DESC, 8, 100, 120", "ASC, 8, 1000, 106", "ASC, 8, 100, 120" })
	void streamShouldCostFewMoreRequestsThanPages(Order order, int concurrency, int maxPageSize, int most) {
		ModelLog log = log(100 * PAGE_SIZE, maxPageSize);
		CountingSource source = new CountingSource(log);
		List<AuditLog> read = reader(source, order, PAGE_SIZE).entries(concurrency).collectList().block();
		assertThat(read).isEqualTo(inOrder(log, order));
		print("100 pages, " + order + ", concurrency " + concurrency + ", server's maximum " + maxPageSize, source);
		assertThat(source.requests()).isLessThanOrEqualTo(most);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 7 })
	void secondsThatLieAcrossTwoPagesShouldCostNoFurtherRequests(int rowsASecond) {
		ModelLog log = new ModelLog(new Random(0), PAGE_SIZE, false);
		for (int i = 1; i <= 100 * PAGE_SIZE - 1; i++) {
			log.insert(FIRST_SECOND + i / rowsASecond);
		}
		CountingSource source = new CountingSource(log);
		List<AuditLog> read = reader(source, Order.DESC, PAGE_SIZE).entries(1).collectList().block();
		assertThat(read).isEqualTo(inOrder(log, Order.DESC));
		print("100 pages, " + rowsASecond + " entries a second", source);
		assertThat(source.requests()).isEqualTo(100);
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 1000, 112", "DESC, 100, 118", "ASC, 1000, 112", "ASC, 100, 118" })
	void listShouldCostFewMoreRequestsThanPages(Order order, int maxPageSize, int most) {
		ModelLog log = log(100 * PAGE_SIZE, maxPageSize);
		CountingSource source = new CountingSource(log);
		List<AuditLog> read = new ArrayList<>();
		String token = null;
		do {
			AuditLogQuery query = AuditLogQuery.builder().order(order).pageToken(token).build();
			AuditLogPage page = new LogReader(source, "acme", query, PAGE_SIZE).page().block();
			read.addAll(page.auditLogs());
			token = page.nextPageToken();
		}
		while (token != null);
		assertThat(read).isEqualTo(inOrder(log, order));
		print("100 pages through tokens, " + order + ", server's maximum " + maxPageSize, source);
		assertThat(source.requests()).isLessThanOrEqualTo(most);
	}

	@ParameterizedTest
	@Tag("slow")
	@EnumSource(Order.class)
	void tenMinutesOfALongLogShouldCostFewRequests(Order order) {
		ModelLog log = EVEN;
		for (int first : new int[] { 0, 1, 777, 60_000, 100_000, 123_456, 199_399, 199_400 }) {
			Instant start = Instant.ofEpochSecond(FIRST_SECOND + first);
			AuditLogQuery query = AuditLogQuery.builder()
				.order(order)
				.startTime(start)
				.endTime(start.plusSeconds(600))
				.build();
			CountingSource source = new CountingSource(log);
			List<AuditLog> read = new LogReader(source, "acme", query, PAGE_SIZE).entries(1).collectList().block();
			assertThat(read).containsExactlyInAnyOrderElementsOf(log.rows().subList(first, first + 600));
			print("10 minutes from " + first + " s in 200,000 entries, " + order, source);
			assertThat(source.requests()).isLessThanOrEqualTo(13);
		}
	}

	@ParameterizedTest
	@Tag("slow")
	@EnumSource(Order.class)
	void tenMinutesOfAnUnevenLogShouldCostFewRequestsBesideItsEntries(Order order) {
		ModelLog log = UNEVEN;
		Random random = new Random(1);
		int most = 0;
		for (int i = 0; i < 50; i++) {
			Instant start = log.rows().get(random.nextInt(log.size())).createdAt();
			AuditLogQuery query = AuditLogQuery.builder()
				.order(order)
				.startTime(start)
				.endTime(start.plusSeconds(600))
				.build();
			List<AuditLog> expected = log.rows()
				.subList(rowsBefore(log, start), rowsBefore(log, start.plusSeconds(600)));
			CountingSource source = new CountingSource(log);
			List<AuditLog> read = new LogReader(source, "acme", query, PAGE_SIZE).entries(1).collectList().block();
			assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
			int search = source.requests() - expected.size() * 5 / (4 * PAGE_SIZE);
			assertThat(search).as("10 minutes from %s with %d entries", start, expected.size()).isLessThanOrEqualTo(24);
			most = Math.max(most, search);
		}
		System.out.println("10 minutes in 200,000 uneven entries, " + order + ": at most " + most
				+ " requests beside those that the entries take");
	}

	@Test
	void hourOfAMillionEntriesShouldCostFewRequests() {
		ModelLog log = ModelLog.still(1_000_000);
		for (Order order : Order.values()) {
			hourShouldCostFewRequests(log, order);
		}
	}

	private static void hourShouldCostFewRequests(ModelLog log, Order order) {
		Instant start = Instant.ofEpochSecond(FIRST_SECOND + 654_321);
		AuditLogQuery query = AuditLogQuery.builder()
			.order(order)
			.startTime(start)
			.endTime(start.plusSeconds(3600))
			.build();
		CountingSource source = new CountingSource(log);
		Long read = new LogReader(source, "acme", query, 1000).entries(1).count().block();
		assertThat(read).isEqualTo(3600);
		print("an hour in 1,000,000 entries at page size 1,000, " + order, source);
		assertThat(source.requests()).isLessThanOrEqualTo(30);
	}

	@Test
	void firstPageShouldCostOneRequest() {
		CountingSource source = new CountingSource(ModelLog.still(5000));
		assertThat(reader(source, Order.DESC, PAGE_SIZE).page().block().auditLogs()).hasSize(PAGE_SIZE);
		assertThat(source.requests()).isEqualTo(1);
	}

	@Test
	void firstPageOldestFirstShouldCostTwoRequests() {
		CountingSource source = new CountingSource(ModelLog.still(5000));
		assertThat(reader(source, Order.ASC, PAGE_SIZE).page().block().auditLogs()).hasSize(PAGE_SIZE);
		assertThat(source.requests()).isEqualTo(2);
	}

	@Test
	void entryOfARealisticLogShouldCostFewRequests() {
		List<AuditLog> rows = OrganizationActivity
			.of(42, Clock.fixed(Instant.ofEpochSecond(FIRST_SECOND), ZoneOffset.UTC))
			.history(5000, Duration.ofDays(90))
			.stream()
			.map(RequestCostTests::entry)
			.sorted(Comparator.comparing(AuditLog::createdAt).reversed())
			.toList();
		List<Integer> requests = new ArrayList<>();
		for (int i = 0; i < rows.size(); i += 37) {
			Instant second = rows.get(i).createdAt();
			AuditLogQuery query = AuditLogQuery.builder().startTime(second).endTime(second.plusSeconds(1)).build();
			CountingSource source = new CountingSource(new ListSource(rows));
			String id = rows.get(i).id();
			assertThat(new LogReader(source, "acme", query, PAGE_SIZE).find(id).block().id()).isEqualTo(id);
			requests.add(source.requests());
		}
		Collections.sort(requests);
		int median = requests.get(requests.size() / 2);
		int most = requests.get(requests.size() - 1);
		System.out.println("retrieve in 5,000 realistic entries: median " + median + ", at most " + most + " requests");
		assertThat(median).isLessThanOrEqualTo(5);
		assertThat(most).isLessThanOrEqualTo(12);
	}

	private static AuditLog entry(MockEntry entry) {
		return AuditLog.builder()
			.code(entry.code())
			.message(entry.message())
			.author(entry.author())
			.createdAt(entry.createdAt())
			.build();
	}

	private static LogReader reader(CountingSource source, Order order, int pageSize) {
		return new LogReader(source, "acme", AuditLogQuery.builder().order(order).build(), pageSize);
	}

	private static ModelLog log(int rows, int maxPageSize) {
		ModelLog log = new ModelLog(new Random(0), maxPageSize, false);
		for (int i = 0; i < rows; i++) {
			log.insert(FIRST_SECOND + i);
		}
		return log;
	}

	private static ModelLog uneven(int rows) {
		Random random = new Random(7);
		ModelLog log = new ModelLog(random, 1000, false);
		long second = FIRST_SECOND;
		for (int i = 0; i < rows; i++) {
			log.insert(second);
			boolean gap = random.nextInt(1000) == 0;
			second += gap ? random.nextInt(1_000_000) : random.nextInt(4);
		}
		return log;
	}

	private static int rowsBefore(ModelLog log, Instant time) {
		List<AuditLog> rows = log.rows();
		int low = 0;
		int high = rows.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			boolean before = rows.get(middle).createdAt().isBefore(time);
			low = before ? middle + 1 : low;
			high = before ? high : middle;
		}
		return low;
	}

	private static List<AuditLog> inOrder(ModelLog log, Order order) {
		List<AuditLog> rows = new ArrayList<>(log.rows());
		if (order == Order.DESC) {
			Collections.reverse(rows);
		}
		return rows;
	}

	private static void print(String what, CountingSource source) {
		System.out.println(what + ": " + source.requests() + " requests, " + source.pages() + " of several rows");
	}

}
