package io.github.tursospring.benchmarks.inner;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.http.RetryPolicy;
import io.github.tursospring.auditlog.internal.http.SourcePage;
import io.github.tursospring.benchmarks.server.RowText;

/**
 * A page from its bytes to its entries, per entry: all of what the library does with an
 * answer, and beside it Jackson's tokens alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PageDecoding {

	private static final int ROWS = 1000;

	private final byte[] body = RowText.page(ROWS);

	private final JsonFactory json = new JsonFactory();

	private final AuditLogEndpoint endpoint = new AuditLogEndpoint(
			WebClient.builder().exchangeFunction((request) -> Mono.fromSupplier(this::answer)).build(), "token",
			new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO), Integer.MAX_VALUE);

	private ClientResponse answer() {
		DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(this.body);
		return ClientResponse.create(HttpStatus.OK).body(Flux.just(buffer)).build();
	}

	/**
	 * Decode a page.
	 * @return the page
	 */
	@Benchmark
	@OperationsPerInvocation(ROWS)
	@SuppressWarnings("NullAway")
	public SourcePage entries() {
		return this.endpoint.of("acme").fetch(1, ROWS).block();
	}

	/**
	 * Read the tokens of a page.
	 * @return their number
	 */
	@Benchmark
	@OperationsPerInvocation(ROWS)
	public int tokens() {
		int tokens = 0;
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), this.body)) {
			while (parser.nextToken() != null) {
				tokens++;
			}
		}
		return tokens;
	}

}
