package io.github.tursospring.sample.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.sample.SampleApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for commands that run as processes of their own.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExportProcessTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	/** Of a page: time to end an export before its last one. */
	private static final Duration LATENCY = Duration.ofMillis(50);

	@TempDir
	private Path directory;

	@TempDir
	private Path outputs;

	@Test
	@Tag("slow")
	void exportWhenKilledAndResumedShouldEqualTheLog() throws Exception {
		try (MockTursoServer turso = MockTursoServer.builder().latency(LATENCY).start()) {
			turso.log().addNumbered(20_000);
			Path file = this.directory.resolve("audit.ndjson");
			Path state = this.directory.resolve("audit.ndjson.state");
			Process killed = start(turso, "--format=ndjson", "--output=" + file);
			Awaitility.await()
				.atMost(TIMEOUT)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> Files.exists(state) || !killed.isAlive());
			killed.destroyForcibly().waitFor();
			assertThat(file).doesNotExist();
			assertThat(entriesIn(state)).isBetween(1L, 19_999L);
			List<MockEntry> log = turso.log().entries();
			turso.log().addNumbered(1);
			assertThat(ExportCommandTests.export(turso, "--format=csv", "--output=" + file, "--resume")).isEqualTo(2);
			assertThat(ExportCommandTests.export(turso, "--format=ndjson", "--output=" + file, "--resume")).isZero();
			JsonMapper json = JsonMapper.shared();
			try (var lines = Files.lines(file)) {
				assertThat(lines.map((line) -> json.readValue(line, AuditLog.class).message()).toList())
					.isEqualTo(log.stream().map(MockEntry::message).toList());
			}
			assertThat(this.directory).isDirectoryNotContaining((left) -> !left.equals(file));
		}
	}

	@ParameterizedTest
	@Tag("slow")
	@CsvSource({ "INT, 130", "TERM, 143" })
	@EnabledOnOs(OS.LINUX)
	void exportWhenInterruptedShouldEndQuietly(String signal, int exitCode) throws Exception {
		try (MockTursoServer turso = MockTursoServer.builder().latency(LATENCY).start()) {
			turso.log().addNumbered(20_000);
			Path file = this.directory.resolve("audit.ndjson");
			Path state = this.directory.resolve("audit.ndjson.state");
			Process interrupted = start(turso, "--format=ndjson", "--output=" + file);
			Awaitility.await()
				.atMost(TIMEOUT)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> Files.exists(state) || !interrupted.isAlive());
			new ProcessBuilder("kill", "-" + signal, String.valueOf(interrupted.pid())).start().waitFor();
			assertThat(exitCode(interrupted)).isEqualTo(exitCode);
			assertThat(said().strip().lines()).as("one line, and nothing else")
				.containsExactly("export: Interrupted. The same command with --resume goes on from here.");
			assertThat(file).doesNotExist();
			assertThat(entriesIn(state)).isBetween(1L, 19_999L);
			assertThat(List.of(state, this.directory.resolve("audit.ndjson.part")))
				.allSatisfy((left) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(left)))
					.isEqualTo("rw-------"));
			assertThat(turso.requests()).as("at once").hasSizeLessThan(20);
			assertThat(ExportCommandTests.export(turso, "--format=ndjson", "--output=" + file, "--resume")).isZero();
			assertThat(Files.readAllLines(file)).doesNotHaveDuplicates().hasSize(20_000);
		}
	}

	@Test
	@Tag("slow")
	void exportOfGeneratedLogShouldUseNoToken() throws Exception {
		Path file = this.directory.resolve("audit.ndjson");
		assertThat(exitCode(run("-Dturso.api-token=not-to-be-used", "-Dturso.organization=not-to-be-read", "--sample",
				"--format=ndjson", "--output=" + file)))
			.isZero();
		assertThat(Files.readString(file)).contains("\"db-delete\"");
		assertThat(said()).contains("entries of the generated log of organization 'acme' in " + file);
	}

	@Test
	void unknownArgumentsShouldBeRefusedAndHelpShown(CapturedOutput output) throws Exception {
		assertThat(ConsoleCommand.isStart("--server.port=8081", "--debug")).isTrue();
		assertThat(ConsoleCommand.isStart("--outptu=x")).isFalse();
		assertThat(ConsoleCommand.execute("exprot")).isEqualTo(2);
		assertThat(ConsoleCommand.execute("--outptu=x")).isEqualTo(2);
		assertThat(exitCode(command(List.of(), "--outptu=x"))).isEqualTo(2);
		assertThat(said()).contains("--outptu=x").doesNotContain("\tat ");
		assertThat(exitCode(command(List.of(), "--help"))).isZero();
		assertThat(said()).contains("Starts the audit console");
		assertThat(output).contains("Unmatched argument at index 0: 'exprot'", "--outptu=x", "export", "verify");
	}

	private Process start(MockTursoServer turso, String... options) throws IOException {
		List<String> all = new ArrayList<>(List.of(options));
		all.addAll(0, List.of("-Dturso.api-token=" + turso.token(), "-Dturso.organization=" + turso.organization(),
				"-Dturso.base-url=" + turso.baseUrl(), "-Dturso.retry.delay=10ms"));
		return run(all.toArray(String[]::new));
	}

	private Process run(String... arguments) throws IOException {
		List<String> properties = Stream.of(arguments).filter((argument) -> argument.startsWith("-D")).toList();
		List<String> options = new ArrayList<>(List.of(arguments));
		options.removeAll(properties);
		options.add(0, "export");
		return command(properties, options.toArray(String[]::new));
	}

	private Process command(List<String> properties, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		if (OS.LINUX.isCurrentOs()) {
			// A build in the background of a shell ignores SIGINT, and so would its
			// processes
			command.addAll(List.of("env", "--default-signal=INT"));
		}
		command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx96m", "-XX:TieredStopAtLevel=1",
				"-Xshare:auto", "-cp", System.getProperty("java.class.path")));
		command.addAll(properties);
		command.add(SampleApplication.class.getName());
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
			.start();
	}

	private Path output() {
		return this.outputs.resolve("output");
	}

	private String said() throws IOException {
		return Files.readString(output());
	}

	private static int exitCode(Process process) throws InterruptedException {
		assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

	private static long entriesIn(Path state) throws IOException {
		return JsonMapper.shared().readValue(Files.readString(state), ExportFile.State.class).entries();
	}

}
