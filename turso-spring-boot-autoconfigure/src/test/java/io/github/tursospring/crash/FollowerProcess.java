package io.github.tursospring.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockLog;
import io.github.tursospring.mock.MockTursoServer;

/**
 * A {@link FollowingApplication} in a process of its own.
 */
final class FollowerProcess {

	private final Process process;

	private final Path output;

	private FollowerProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	static FollowerProcess start(MockTursoServer turso, String jdbcUrl, String... properties) throws IOException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				FollowingApplication.class.getName(), "--spring.main.web-application-type=none",
				"--spring.datasource.url=" + jdbcUrl, "--spring.datasource.hikari.maximum-pool-size=3",
				"--turso.api-token=" + turso.token(), "--turso.organization=acme",
				"--turso.base-url=" + turso.baseUrl(), "--turso.audit-logs.page-size=20",
				"--turso.audit-logs.follow.poll-interval=100ms", "--turso.audit-logs.follow.lookback=2s",
				"--turso.audit-logs.follow.backoff.delay=200ms", "--turso.audit-logs.follow.backoff.max-delay=500ms",
				"--turso.audit-logs.follow.jdbc.initialize-schema=always"));
		for (String property : properties) {
			command.add("--" + property);
		}
		Path output = Files.createTempFile("follower", ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		return new FollowerProcess(process, output);
	}

	/** Append an entry; its message is its number. */
	static void append(MockLog log, Instant createdAt) {
		log.add(MockEntry.of("db-create").message(String.valueOf(log.size())).createdAt(createdAt));
	}

	long pid() {
		return this.process.pid();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** Kill it as a power cut does: no hook runs, nothing is closed. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly();
		this.process.waitFor(10, TimeUnit.SECONDS);
	}

	String output() throws IOException {
		return Files.readString(this.output);
	}

}
