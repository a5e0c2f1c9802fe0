package io.github.tursospring.sample.browser;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.sample.SampleApplication;
import io.github.tursospring.sample.acme.AcmeSimulation;
import io.github.tursospring.sample.turso.EmbeddedTursoApi;
import io.github.tursospring.sample.turso.LogEntry;

/**
 * The sample application on a Turso API whose log is known, and that outlives it.
 */
class RunningSample implements AutoCloseable {

	private final EmbeddedTursoApi turso;

	private final List<LogEntry> newestFirst;

	private ConfigurableApplicationContext context;

	private String port = "0";

	RunningSample(List<LogEntry> newestFirst) {
		this.newestFirst = new ArrayList<>(newestFirst);
		this.turso = EmbeddedTursoApi.builder().entries(newestFirst).start();
		start();
	}

	static RunningSample ofAcme(int entries) {
		return new RunningSample(new AcmeSimulation(7, Clock.systemUTC()).history(entries));
	}

	final void start() {
		this.context = SpringApplication.run(SampleApplication.class, "--server.port=" + this.port,
				"--turso.api-token=" + this.turso.token(), "--turso.organization=acme",
				"--turso.base-url=" + this.turso.baseUrl(), "--turso.audit-logs.follow.poll-interval=200ms",
				"--turso.health.cache-ttl=1s");
		this.port = this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	void stop() {
		this.context.close();
	}

	String url() {
		return "http://127.0.0.1:" + this.port;
	}

	List<LogEntry> newestFirst() {
		return this.newestFirst;
	}

	LogEntry append(String code, String author, String message) {
		LogEntry entry = new LogEntry(code, message, "web", author, Instant.now(), Map.of("note", message), null);
		append(entry);
		return entry;
	}

	void append(LogEntry... entries) {
		Arrays.stream(entries).forEach((entry) -> this.newestFirst.add(0, entry));
		this.turso.append(entries);
	}

	@Override
	public void close() {
		stop();
		this.turso.close();
	}

}
