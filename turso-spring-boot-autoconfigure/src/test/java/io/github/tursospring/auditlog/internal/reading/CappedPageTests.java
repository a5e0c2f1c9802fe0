package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logs of which a page of the server shows less than a position counts, and whose rows of
 * a second are listed in another order each time.
 */
class CappedPageTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@ParameterizedTest
	@CsvSource({ "20, 2", "50, 5", "100, 5", "100, 10", "500, 20" })
	void followWhenLookbackIsWiderThanAPageShouldDeliverEachOnce(int maxPageSize, int rowsPerSecond) {
		for (int seed = 0; seed < 10; seed++) {
			ModelLog log = log(seed, maxPageSize, rowsPerSecond);
			List<AuditLog> read = new ArrayList<>();
			CountingSource source = new CountingSource(log);
			FollowSettings settings = new FollowSettings(Duration.ofDays(1), LIMIT, LIMIT);
			new LogFollower(new LogReader(source, "acme", AuditLogQuery.all(), 100), settings).pages()
				.doOnNext((page) -> read.addAll(page.auditLogs()))
				.takeUntil((page) -> read.size() >= log.size())
				.blockLast(LIMIT);
			assertThat(new Ledger(Order.ASC, read).holdsJust(log.rows()).complaint()).as("seed " + seed).isNull();
			assertThat(source.requests()).as("requests of seed " + seed).isLessThan(20 + 10 * log.size() / maxPageSize);
		}
	}

	@ParameterizedTest
	@CsvSource({ "100, 70", "100, 120", "100, 3600", "1000, 300" })
	void streamWhenClockOfServerIsBehindShouldReadEachOnce(int maxPageSize, int secondsBehind) {
		for (int seed = 0; seed < 10; seed++) {
			ModelLog log = log(seed, maxPageSize, 5);
			log.clockError(-secondsBehind);
			CountingSource source = new CountingSource(log);
			List<AuditLog> read = oldestFirst(source).collectList().block(LIMIT);
			assertThat(new Ledger(Order.ASC, read).holdsJust(log.rows()).complaint()).as("seed " + seed).isNull();
			assertThat(source.requests()).as("requests of seed " + seed).isLessThan(20 + 10 * log.size() / maxPageSize);
		}
	}

	@ParameterizedTest
	@CsvSource({ "20, 70", "50, 70", "50, 120" })
	void streamWhenClockOfServerIsBehindAndPagesAreSmallShouldReadEachOnceOrRefuse(int maxPageSize, int secondsBehind) {
		for (int seed = 0; seed < 10; seed++) {
			ModelLog log = log(seed, maxPageSize, 2);
			log.clockError(-secondsBehind);
			CountingSource source = new CountingSource(log);
			List<AuditLog> read = new ArrayList<>();
			Throwable refusal = oldestFirst(source).doOnNext(read::add)
				.then(Mono.<Throwable>empty())
				.onErrorResume(TursoProtocolException.class, Mono::just)
				.block(LIMIT);
			Ledger ledger = new Ledger(Order.ASC, read);
			assertThat(
					((refusal != null) ? ledger.holdsNoMoreThan(log.rows()) : ledger.holdsJust(log.rows())).complaint())
				.as("seed " + seed)
				.isNull();
			assertThat(source.requests()).as("requests of seed " + seed)
				.isLessThan(120 + 10 * log.size() / maxPageSize);
		}
	}

	private static Flux<AuditLog> oldestFirst(CountingSource source) {
		AuditLogQuery query = AuditLogQuery.builder().order(Order.ASC).build();
		return new LogReader(source, "acme", query, 100).entries(1);
	}

	private static ModelLog log(int seed, int maxPageSize, int rowsPerSecond) {
		ModelLog log = new ModelLog(new Random(seed), maxPageSize, true);
		for (int i = 0; i < 1500; i++) {
			log.insert(1_700_000_000L + i / rowsPerSecond);
		}
		return log;
	}

}
