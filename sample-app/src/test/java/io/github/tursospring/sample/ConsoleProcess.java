package io.github.tursospring.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import org.springframework.test.util.TestSocketUtils;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application in a process of its own, with the heap that it is promised to need.
 */
public final class ConsoleProcess implements AutoCloseable {

	static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final Process process;

	private final String url;

	private final Path output;

	private ConsoleProcess(Process process, String url, Path output) {
		this.process = process;
		this.url = url;
		this.output = output;
	}

	/** Start one that is to live for long. */
	public static ConsoleProcess start(MockTursoServer turso, String database, Path directory, String... args)
			throws IOException {
		return start(List.of("-cp", System.getProperty("java.class.path")), turso, database, directory, args);
	}

	/** Start one that lives for seconds: its compiler does not optimize much. */
	public static ConsoleProcess startShortLived(MockTursoServer turso, String database, Path directory, String... args)
			throws IOException {
		return start(
				List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")),
				turso, database, directory, args);
	}

	/** Start one of many that live for seconds. */
	public static ConsoleProcess startOneOfMany(MockTursoServer turso, String database, Path directory, String... args)
			throws IOException, InterruptedException {
		return start(ClassData.options(), turso, database, directory, args);
	}

	private static ConsoleProcess start(List<String> options, MockTursoServer turso, String database, Path directory,
			String... args) throws IOException {
		int port = TestSocketUtils.findAvailableTcpPort();
		Path output = directory.resolve("output-" + port + ".log");
		List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx256m"));
		command.addAll(options);
		command.add(SampleApplication.class.getName());
		List<String> all = new ArrayList<>(List.of(args));
		all.add("--server.port=" + port);
		command.addAll(List.of(RunningConsole.args(turso, database, directory, all.toArray(String[]::new))));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
			.start();
		return new ConsoleProcess(process, "http://127.0.0.1:" + port, output);
	}

	public ConsoleProcess awaitStarted() {
		Awaitility.await()
			.atMost(TIMEOUT)
			.ignoreExceptions()
			.until(() -> !isAlive() || get("/api/status").has("organizations"));
		assertThat(isAlive()).as("see " + this.output).isTrue();
		return this;
	}

	public WebClient web() {
		return WebClient.builder()
			.baseUrl(this.url)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
	}

	public JsonNode get(String uri) {
		return web().get().uri(uri).retrieve().bodyToMono(JsonNode.class).block(TIMEOUT);
	}

	public String url() {
		return this.url;
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	public boolean endsWithin(Duration time) throws InterruptedException {
		return this.process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
	}

	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	public Path output() {
		return this.output;
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroy();
		if (!endsWithin(Duration.ofSeconds(30))) {
			kill();
		}
	}

}
