package io.github.tursospring.sample.browser;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockLog;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.activity.OrganizationActivity;
import io.github.tursospring.sample.SampleApplication;

/**
 * The sample application on a Turso API whose log is known, and that outlives it.
 */
class RunningSample implements AutoCloseable {

	private final MockTursoServer turso;

	private ConfigurableApplicationContext context;

	private String port = "0";

	RunningSample(Consumer<MockLog> log) {
		this.turso = MockTursoServer.builder().organization("acme", log).start();
		start();
	}

	static RunningSample ofAcme(int entries) {
		return new RunningSample((log) -> log.add(OrganizationActivity.of(7).history(entries, Duration.ofDays(90))));
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

	List<MockEntry> newestFirst() {
		return this.turso.log().entries();
	}

	MockEntry append(String code, String author, String message) {
		MockEntry entry = MockEntry.of(code)
			.message(message)
			.origin("web")
			.author(author)
			.data(Map.of("note", message));
		append(entry);
		return entry;
	}

	void append(MockEntry... entries) {
		this.turso.log().add(entries);
	}

	@Override
	public void close() {
		stop();
		this.turso.close();
	}

}
