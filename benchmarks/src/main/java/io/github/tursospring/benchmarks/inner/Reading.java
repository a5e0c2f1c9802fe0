package io.github.tursospring.benchmarks.inner;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.http.PageSource;
import io.github.tursospring.auditlog.internal.http.SourcePage;
import io.github.tursospring.auditlog.internal.reading.LogReader;
import io.github.tursospring.benchmarks.server.RowText;

/**
 * The reading engine over pages that are there already, per entry: windows, boundaries,
 * and what hands entries on.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Reading {

	private static final int ROWS = 10_000;

	private static final int PAGE_SIZE = 1000;

	/** The order. */
	@Param({ "DESC", "ASC" })
	public AuditLogQuery.Order order = AuditLogQuery.Order.DESC;

	private List<AuditLog> log = List.of();

	/** Make the log. */
	@Setup
	public void prepare() {
		JsonMapper mapper = new JsonMapper();
		this.log = RowText.rows(ROWS).map((row) -> mapper.readValue(row, AuditLog.class)).toList();
	}

	/**
	 * Read the log.
	 * @return the last entry
	 */
	@Benchmark
	@OperationsPerInvocation(ROWS)
	@SuppressWarnings("NullAway")
	public AuditLog entries() {
		PageSource source = (page, pageSize) -> Mono.just(page(page, pageSize));
		AuditLogQuery query = AuditLogQuery.builder().order(this.order).build();
		return new LogReader(source, "acme", query, PAGE_SIZE).entries(1).blockLast();
	}

	private SourcePage page(int page, int pageSize) {
		int from = Math.min(ROWS, (page - 1) * pageSize);
		int to = Math.min(ROWS, from + pageSize);
		return new SourcePage(this.log.subList(from, to), page, pageSize, (ROWS + pageSize - 1) / pageSize,
				(long) ROWS);
	}

}
