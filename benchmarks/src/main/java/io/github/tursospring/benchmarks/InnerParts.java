package io.github.tursospring.benchmarks;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.http.PageSource;
import io.github.tursospring.auditlog.internal.http.RetryPolicy;
import io.github.tursospring.auditlog.internal.http.SourcePage;
import io.github.tursospring.auditlog.internal.reading.LogReader;
import io.github.tursospring.benchmarks.reader.Limits;
import io.github.tursospring.benchmarks.server.Rows;

/**
 * Parts of the library in one process, under JMH and its profiler of allocations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InnerParts {

	private static final String ALLOCATED = "gc.alloc.rate.norm";

	private static final int PAGE_SIZE = 1000;

	private static final int PAGES = 10;

	private static final int ENTRIES = PAGES * PAGE_SIZE;

	private final byte[] body = new Rows(PAGE_SIZE).page();

	private final JsonFactory json = new JsonFactory();

	private final List<AuditLog> log = log();

	private final PageSource decoded = new AuditLogEndpoint(
			WebClient.builder().exchangeFunction((request) -> Mono.fromSupplier(this::response)).build(), "token",
			new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO), Integer.MAX_VALUE)
		.of("acme");

	static Report run(Lab lab) {
		boolean full = lab.sizes().equals(Sizes.FULL);
		TimeValue time = full ? TimeValue.seconds(1) : TimeValue.milliseconds(10);
		OptionsBuilder options = new OptionsBuilder();
		options.include(InnerParts.class.getName().replace(".", "\\."))
			.forks(full ? 1 : 0)
			.warmupIterations(full ? 5 : 1)
			.measurementIterations(full ? 5 : 1)
			.warmupTime(time)
			.measurementTime(time)
			.jvmArgs("-Xms512m", "-Xmx512m")
			.addProfiler("gc")
			.verbosity(VerboseMode.SILENT);
		Report report = new Report("Inner parts, under JMH", "", "time", "error (99.9 %)", "allocated bytes");
		try {
			Collection<RunResult> results = new Runner(options.build()).run();
			results.stream().sorted(Comparator.comparing(InnerParts::title)).forEach((result) -> row(report, result));
		}
		catch (RunnerException ex) {
			throw new IllegalStateException(ex);
		}
		return report;
	}

	private static void row(Report report, RunResult result) {
		Result<?> time = result.getPrimaryResult();
		double error = time.getScoreError();
		Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
		report.row(title(result), Figures.whole(time.getScore()) + " ns",
				Double.isNaN(error) ? "-" : Figures.whole(error) + " ns",
				(allocated != null) ? Figures.whole(allocated.getScore()) : "-");
	}

	private static String title(RunResult result) {
		String benchmark = result.getParams().getBenchmark();
		String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
		return switch (method) {
			case "decode" -> "a page of 1,000 from bytes to entries, per entry";
			case "tokens" -> "Jackson's tokens of that page alone, per entry";
			case "newestFirst" -> "the engine over pages in memory, newest first, per entry";
			case "oldestFirst" -> "the engine over pages in memory, oldest first, per entry";
			default -> "`AuditLog." + method + "()`";
		};
	}

	/**
	 * All that the library does with the body of a response.
	 * @return the page
	 */
	@Benchmark
	@OperationsPerInvocation(PAGE_SIZE)
	public SourcePage decode() {
		return this.decoded.fetch(1, PAGE_SIZE).blockOptional().orElseThrow();
	}

	/**
	 * The limit of decoding.
	 * @return the number of tokens
	 */
	@Benchmark
	@OperationsPerInvocation(PAGE_SIZE)
	public int tokens() {
		return Limits.tokens(this.json, this.body);
	}

	/**
	 * The engine alone.
	 * @return the number of entries
	 */
	@Benchmark
	@OperationsPerInvocation(ENTRIES)
	public long newestFirst() {
		return read(Order.DESC);
	}

	/**
	 * The engine alone, in the other order.
	 * @return the number of entries
	 */
	@Benchmark
	@OperationsPerInvocation(ENTRIES)
	public long oldestFirst() {
		return read(Order.ASC);
	}

	/**
	 * What an entry's id costs.
	 * @return the id
	 */
	@Benchmark
	public String id() {
		return this.log.get(0).id();
	}

	private long read(Order order) {
		AuditLogQuery query = AuditLogQuery.builder().order(order).build();
		LogReader reader = new LogReader((page, pageSize) -> Mono.just(page(page, pageSize)), "acme", query, PAGE_SIZE);
		return reader.entries(1).count().blockOptional().orElseThrow();
	}

	private SourcePage page(int page, int pageSize) {
		int from = Math.min(ENTRIES, (page - 1) * pageSize);
		int to = Math.min(ENTRIES, from + pageSize);
		return new SourcePage(this.log.subList(from, to), page, pageSize, (ENTRIES + pageSize - 1) / pageSize,
				(long) ENTRIES);
	}

	private ClientResponse response() {
		return ClientResponse.create(HttpStatus.OK)
			.body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(this.body)))
			.build();
	}

	private static List<AuditLog> log() {
		JsonMapper mapper = new JsonMapper();
		return new Rows(ENTRIES).newestFirst().map((row) -> mapper.readValue(row, AuditLog.class)).toList();
	}

}
