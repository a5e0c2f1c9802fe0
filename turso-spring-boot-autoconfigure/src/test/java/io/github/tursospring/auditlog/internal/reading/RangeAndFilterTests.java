package io.github.tursospring.auditlog.internal.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads time ranges and filters, made at random, of random logs: just what matches, once.
 */
class RangeAndFilterTests {

	private static final int HISTORIES = ExactlyOnceTests.HISTORIES / 2;

	@Test
	void streamOfAnyRangeWhenLogIsStillShouldReadMatchesExactlyOnce() {
		List<String> failures = new ArrayList<>();
		for (long seed = 0; seed < HISTORIES; seed++) {
			ExactlyOnceTests.History history = new ExactlyOnceTests.History(seed);
			AuditLogQuery query = RandomQueries.query(new Random(seed), history);
			List<AuditLog> matching = matching(query, history.log.rows());
			CountingSource source = new CountingSource(history.log);
			List<AuditLog> read = new LogReader(source, "acme", query, history.pageSize).entries(history.concurrency)
				.collectList()
				.block();
			String complaint = new Ledger(history.order, read).holdsJust(matching).complaint();
			if (complaint != null) {
				failures.add(history + ", " + query + ": " + complaint);
			}
		}
		assertThat(failures).isEmpty();
	}

	@Test
	void streamOfAnyRangeWhenLogMovesShouldReadMatchesExactlyOnce() {
		List<String> failures = new ArrayList<>();
		for (long seed = 0; seed < HISTORIES; seed++) {
			ExactlyOnceTests.History history = new ExactlyOnceTests.History(seed);
			AuditLogQuery query = RandomQueries.query(new Random(seed), history);
			String complaint = readMoving(history, query);
			if (complaint != null) {
				failures.add(history + ", " + query + ": " + complaint);
			}
		}
		assertThat(failures).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void listOfTheLargestPageShouldHoldMatchesBeyondTheFirstResponse(Order order) {
		ModelLog log = ModelLog.still(1235);
		AuditLogQuery query = AuditLogQuery.builder().author("author-1").order(order).build();
		List<AuditLog> matching = matching(query, log.rows());
		assertThat(matching).hasSize(245);
		AuditLogPage page = new LogReader(new CountingSource(log), "acme", query, 1000).page().block();
		assertThat(page.auditLogs()).containsExactlyInAnyOrderElementsOf(matching);
		assertThat(page.hasMore()).isFalse();
	}

	private static @Nullable String readMoving(ExactlyOnceTests.History history, AuditLogQuery query) {
		ModelServer server = history.server().failing(0);
		ModelServer.Result<AuditLog> result = server
			.run(new LogReader(server, "acme", query, history.pageSize).entries(history.concurrency));
		if (!result.completed) {
			return String.valueOf(result.error);
		}
		List<AuditLog> snapshot = server.atFirstAnswer();
		List<AuditLog> allowed = new ArrayList<>(snapshot);
		boolean pageOfOneSecond = !server.headSecondSeenWhole() || snapshot.size() == 1;
		if (pageOfOneSecond && !snapshot.isEmpty()) {
			long head = ExactlyOnceTests.headSecond(snapshot);
			allowed.removeIf((row) -> ModelLog.second(row) == head);
			List<AuditLog> ever = new ArrayList<>(history.log.rows());
			ever.addAll(history.log.removed());
			ever.stream().filter((row) -> ModelLog.second(row) == head).forEach(allowed::add);
		}
		return new Ledger(history.order, result.values).holds(matching(query, snapshot), history.log.removed())
			.holdsNoMoreThan(matching(query, allowed))
			.complaint();
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void rangeShouldIncludeStartAndExcludeEnd(Order order) {
		ModelLog log = ModelLog.still(1000);
		assertThat(seconds(log, order, at(100), at(200))).hasSize(100).contains(100L, 199L).doesNotContain(99L, 200L);
		assertThat(seconds(log, order, at(100), at(101))).containsExactly(100L);
		assertThat(seconds(log, order, at(100), at(100))).isEmpty();
		assertThat(seconds(log, order, at(100).plusNanos(1), at(101))).isEmpty();
		assertThat(seconds(log, order, at(100).plusNanos(1), at(101).plusNanos(1))).containsExactly(101L);
		assertThat(seconds(log, order, at(100), at(100).plusNanos(1))).containsExactly(100L);
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void rangeWhenBesideOrAroundTheLogShouldBeEmptyOrAllOfIt(Order order) {
		ModelLog log = ModelLog.still(1000);
		assertThat(seconds(log, order, at(1000), at(5000))).isEmpty();
		assertThat(seconds(log, order, at(1000), null)).isEmpty();
		assertThat(seconds(log, order, at(-500), at(0))).isEmpty();
		assertThat(seconds(log, order, null, at(0))).isEmpty();
		assertThat(seconds(log, order, at(-1), at(5000))).hasSize(1000);
		assertThat(seconds(log, order, at(0), at(1000))).hasSize(1000);
		assertThat(seconds(log, order, Instant.MIN, Instant.MAX)).hasSize(1000);
		assertThat(seconds(log, order, Instant.MIN, Instant.MIN)).isEmpty();
		assertThat(seconds(log, order, Instant.MAX, Instant.MAX)).isEmpty();
		assertThat(seconds(log, order, Instant.EPOCH, at(1))).containsExactly(0L);
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void rangeWhenTimesHaveFractionsShouldHoldWhatMatches(Order order) {
		List<AuditLog> rows = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			rows.add(0, AuditLog.builder().message("entry " + i).createdAt(at(0).plusMillis(250L * i)).build());
		}
		AuditLogQuery query = AuditLogQuery.builder()
			.order(order)
			.startTime(at(50).plusMillis(500))
			.endTime(at(60).plusMillis(250))
			.build();
		List<AuditLog> read = new LogReader(new ListSource(rows), "acme", query, 20).entries(1).collectList().block();
		assertThat(read).containsExactlyInAnyOrderElementsOf(matching(query, rows)).hasSize(39);
	}

	private static List<Long> seconds(ModelLog log, Order order, @Nullable Instant start, @Nullable Instant end) {
		AuditLogQuery query = AuditLogQuery.builder().order(order).startTime(start).endTime(end).build();
		try {
			return new LogReader(new CountingSource(log), "acme", query, 20).entries(1)
				.map((entry) -> ModelLog.second(entry) - at(0).getEpochSecond())
				.collectList()
				.block();
		}
		catch (TursoException ex) {
			throw new AssertionError(query.toString(), ex);
		}
	}

	private static Instant at(long second) {
		return Instant.ofEpochSecond(1_700_000_000L + second);
	}

	private static List<AuditLog> matching(AuditLogQuery query, List<AuditLog> rows) {
		return rows.stream().filter(query::matches).toList();
	}

}
