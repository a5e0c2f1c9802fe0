package io.github.tursospring.benchmarks.inner;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.benchmarks.server.RowText;

/**
 * What an entry's id costs who asks for it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Identity {

	private final AuditLog entry = new JsonMapper().readValue(RowText.of(2), AuditLog.class);

	/**
	 * Derive an id.
	 * @return the id
	 */
	@Benchmark
	public String id() {
		return this.entry.id();
	}

}
