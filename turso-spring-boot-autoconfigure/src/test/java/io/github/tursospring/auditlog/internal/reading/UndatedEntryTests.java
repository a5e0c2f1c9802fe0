package io.github.tursospring.auditlog.internal.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.http.PageSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entries without a {@code created_at}, anywhere in a log that stands still.
 */
class UndatedEntryTests {

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void oneAnywhere(Order order, int concurrency) {
		for (int pageSize : new int[] { 1, 2, 3, 10, 100 }) {
			for (int undated = 0; undated < 60; undated++) {
				readsAll(log(60, Set.of(undated)), order, concurrency, pageSize);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void severalInARow(Order order, int concurrency) {
		for (int pageSize : new int[] { 1, 2, 3, 10, 100 }) {
			for (int first = 0; first < 57; first += 3) {
				for (int length : new int[] { 2, 3, 4, 15 }) {
					Set<Integer> undated = new TreeSet<>(IntStream.range(first, first + length).boxed().toList());
					readsAll(log(60, undated), order, concurrency, pageSize);
				}
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void severalHereAndThere(Order order, int concurrency) {
		Random random = new Random(1);
		for (int i = 0; i < 200; i++) {
			Set<Integer> undated = new TreeSet<>(random.ints(1 + random.nextInt(30), 0, 300).boxed().toList());
			readsAll(log(300, undated), order, concurrency, 1 + random.nextInt(50));
		}
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 1", "DESC, 4", "ASC, 1", "ASC, 4" })
	void allOfThem(Order order, int concurrency) {
		Set<Integer> undated = new TreeSet<>(IntStream.range(0, 60).boxed().toList());
		for (int pageSize : new int[] { 1, 10, 100 }) {
			readsAll(log(60, undated), order, concurrency, pageSize);
		}
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void areNotInAnyRangeAndHideNothingOfIt(Order order) {
		Random random = new Random(2);
		for (int i = 0; i < 300; i++) {
			Set<Integer> undated = new TreeSet<>(random.ints(1 + random.nextInt(40), 0, 400).boxed().toList());
			List<AuditLog> rows = log(400, undated);
			Instant start = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(400));
			AuditLogQuery query = AuditLogQuery.builder()
				.order(order)
				.startTime((random.nextInt(4) > 0) ? start : null)
				.endTime((random.nextInt(4) > 0) ? start.plusSeconds(random.nextInt(200)) : null)
				.author("iku")
				.build();
			LogReader reader = new LogReader(new ListSource(rows), "acme", query, 1 + random.nextInt(50));
			assertThat(reader.entries(1 + random.nextInt(4)).collectList().block()).as("%s, undated %s", query, undated)
				.containsExactlyInAnyOrderElementsOf(rows.stream().filter(query::matches).toList());
		}
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void areReadPageByPageToo(Order order) {
		Random random = new Random(3);
		for (int i = 0; i < 100; i++) {
			Set<Integer> undated = new TreeSet<>(random.ints(1 + random.nextInt(20), 0, 200).boxed().toList());
			List<AuditLog> rows = log(200, undated);
			List<AuditLog> read = new ArrayList<>();
			int pageSize = 1 + random.nextInt(30);
			String token = null;
			do {
				AuditLogQuery query = AuditLogQuery.builder().order(order).pageToken(token).build();
				AuditLogPage page = new LogReader(new ListSource(rows), "acme", query, pageSize).page().block();
				read.addAll(page.auditLogs());
				token = page.nextPageToken();
			}
			while (token != null);
			assertThat(read).as("undated %s, page size %s", undated, pageSize)
				.containsExactlyInAnyOrderElementsOf(rows);
		}
	}

	private static void readsAll(List<AuditLog> rows, Order order, int concurrency, int pageSize) {
		int[] requests = new int[1];
		ListSource log = new ListSource(rows);
		PageSource source = (page, size) -> Mono.defer(() -> (++requests[0] > 1000)
				? Mono.error(new AssertionError("too many requests")) : log.fetch(page, size));
		AuditLogQuery query = AuditLogQuery.builder().order(order).build();
		List<AuditLog> read = new LogReader(source, "acme", query, pageSize).entries(concurrency).collectList().block();
		assertThat(read).as("undated %s, page size %s", undated(rows), pageSize)
			.containsExactlyInAnyOrderElementsOf(rows);
		Comparator<Instant> sequence = (order == Order.DESC) ? Comparator.reverseOrder() : Comparator.naturalOrder();
		assertThat(read.stream().map(AuditLog::createdAt).filter((time) -> time != null).toList())
			.isSortedAccordingTo(sequence);
	}

	private static List<Integer> undated(List<AuditLog> rows) {
		return IntStream.range(0, rows.size()).filter((i) -> rows.get(i).createdAt() == null).boxed().toList();
	}

	/** Rows of one second each, newest first. */
	private static List<AuditLog> log(int size, Set<Integer> undated) {
		List<AuditLog> rows = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			Instant time = Instant.ofEpochSecond(1_700_000_000L + size - i);
			rows.add(AuditLog.builder()
				.message("entry " + i)
				.author("iku")
				.createdAt(undated.contains(i) ? null : time)
				.build());
		}
		return rows;
	}

}
