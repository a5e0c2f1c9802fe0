package io.github.tursospring.sample.export;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.commons.csv.CSVFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.sample.SampleApplication;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExportCommand}, as a process of its own.
 */
class ExportCommandTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	@TempDir
	private Path directory;

	@TempDir
	private Path outputs;

	@Test
	void killedAndResumedIsEqualToTheLog() throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(200_000);
			Path file = this.directory.resolve("audit.ndjson");
			Path state = this.directory.resolve("audit.ndjson.state");
			Process killed = start(turso, "--format=ndjson", "--output=" + file);
			Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(10)).until(() -> Files.exists(state));
			killed.destroyForcibly().waitFor();
			assertThat(file).doesNotExist();
			assertThat(entriesIn(state)).isBetween(1L, 199_999L);
			List<MockEntry> log = turso.log().entries();
			turso.log().addNumbered(1);
			assertThat(exitCode(start(turso, "--format=csv", "--output=" + file, "--resume"))).isEqualTo(2);
			assertThat(exitCode(start(turso, "--format=ndjson", "--output=" + file, "--resume"))).isZero();
			JsonMapper json = JsonMapper.shared();
			try (var lines = Files.lines(file)) {
				assertThat(lines.map((line) -> json.readValue(line, AuditLog.class).message()).toList())
					.isEqualTo(log.stream().map(MockEntry::message).toList());
			}
			assertThat(this.directory).isDirectoryNotContaining((left) -> !left.equals(file));
		}
	}

	@Test
	void interruptedSaysHowToGoOn() throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(200_000);
			Path file = this.directory.resolve("audit.ndjson");
			Path state = this.directory.resolve("audit.ndjson.state");
			Process interrupted = start(turso, "--format=ndjson", "--output=" + file);
			Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(10)).until(() -> Files.exists(state));
			interrupted.destroy();
			assertThat(exitCode(interrupted)).isEqualTo(143);
			assertThat(said()).contains("export: Interrupted.", "--resume").doesNotContain("No complete answer");
			assertThat(file).doesNotExist();
			assertThat(entriesIn(state)).isBetween(1L, 199_999L);
		}
	}

	@Test
	void filtersAndReplaces() throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(2500);
			Path file = Files.writeString(this.directory.resolve("audit.csv"), "old");
			assertThat(exitCode(start(turso, "--output=" + file, "--order=asc", "--author=iku,maya",
					"--start-time=2024-01-01T00:00:02Z", "--end-time=2024-01-01T00:14:00Z")))
				.isZero();
			assertThat(said()).as("without a progress bar, which is for terminals")
				.isEqualToIgnoringNewLines("838 entries of organization '" + turso.organization() + "' in " + file);
			assertThat(CSVFormat.RFC4180.parse(new StringReader(Files.readString(file)))
				.stream()
				.skip(1)
				.map((record) -> Integer.valueOf(record.get(5)))).hasSize(838).startsWith(2, 3).endsWith(839);
		}
	}

	@Test
	void readingThatFailsLeavesNoFile() throws Exception {
		MockTursoServer turso = MockTursoServer.start();
		turso.close();
		Path file = this.directory.resolve("audit.csv");
		assertThat(exitCode(start(turso, "--output=" + file))).isEqualTo(1);
		assertThat(file).doesNotExist();
	}

	@Test
	void fileThatCannotBeWritten() throws Exception {
		assertThat(exitCode(run("--sample", "--output=" + this.directory.resolve("absent/audit.csv")))).isEqualTo(3);
	}

	@Test
	void refusesToTakeTheMadeUpLogForAnOrganizations() throws Exception {
		Path file = this.directory.resolve("audit.csv");
		Path part = Files.writeString(this.directory.resolve("audit.csv.part"), "of an interrupted export");
		assertThat(exitCode(run("-Dturso.api-token=", "-Dturso.organization=acme", "--output=" + file))).isEqualTo(2);
		assertThat(said()).contains("Set TURSO_API_TOKEN and TURSO_ORGANIZATION", "--sample");
		assertThat(file).doesNotExist();
		assertThat(part).hasContent("of an interrupted export");
	}

	@Test
	void exportsTheMadeUpLogWhereAskedTo() throws Exception {
		Path file = this.directory.resolve("audit.ndjson");
		assertThat(exitCode(run("-Dturso.api-token=not-to-be-used", "-Dturso.organization=not-to-be-read", "--sample",
				"--format=ndjson", "--output=" + file)))
			.isZero();
		assertThat(Files.readString(file)).contains("\"db-delete\"");
		assertThat(said()).contains("entries of the made-up organization 'acme' in " + file);
	}

	@Test
	void optionsThatAreNotRight() throws Exception {
		assertThat(exitCode(run("--output=x", "--start-time=yesterday"))).isEqualTo(2);
		assertThat(exitCode(run("--output=x", "--start-time=2026-01-02T00:00:00Z", "--end-time=2026-01-01T00:00:00Z")))
			.isEqualTo(2);
		assertThat(exitCode(run("--output=x", "--order=up"))).isEqualTo(2);
		assertThat(said()).contains("--start-time must be a time", "--start-time must not be after --end-time, but",
				"--order must be asc or desc");
		assertThat(exitCode(run("--format=csv"))).isEqualTo(2);
		assertThat(exitCode(run("--help"))).isZero();
	}

	private Process start(MockTursoServer turso, String... options) throws IOException {
		List<String> all = new ArrayList<>(List.of(options));
		all.addAll(0, List.of("-Dturso.api-token=" + turso.token(), "-Dturso.organization=" + turso.organization(),
				"-Dturso.base-url=" + turso.baseUrl(), "-Dturso.retry.delay=10ms"));
		return run(all.toArray(String[]::new));
	}

	private Process run(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx96m",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
		for (String argument : arguments) {
			if (argument.startsWith("-D")) {
				command.add(argument);
			}
		}
		command.addAll(List.of(SampleApplication.class.getName(), "export"));
		for (String argument : arguments) {
			if (!argument.startsWith("-D")) {
				command.add(argument);
			}
		}
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
		return JsonMapper.shared().readValue(Files.readString(state), ExportState.class).entries();
	}

}
