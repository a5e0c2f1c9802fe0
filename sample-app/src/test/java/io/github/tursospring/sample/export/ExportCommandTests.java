package io.github.tursospring.sample.export;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.sample.RunningConsole;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExportCommand} and {@link VerifyCommand}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExportCommandTests {

	@TempDir
	private Path directory;

	@Test
	@Tag("slow")
	void exportWithFiltersShouldReplaceFile(CapturedOutput output) throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(2500);
			Path file = Files.writeString(this.directory.resolve("audit.csv"), "old");
			assertThat(export(turso, "--output=" + file, "--order=asc", "--author=iku,maya",
					"--start-time=2024-01-01T00:00:02Z", "--end-time=2024-01-01T00:14:00Z"))
				.isZero();
			assertThat(output.getOut()).as("without a progress bar, which is for terminals")
				.endsWith("838 entries of organization '" + turso.organization() + "' in " + file
						+ System.lineSeparator())
				.doesNotContain("Export ");
			assertThat(CSVFormat.RFC4180.parse(new StringReader(Files.readString(file)))
				.stream()
				.skip(1)
				.map((record) -> Integer.valueOf(record.get(5)))).hasSize(838).startsWith(2, 3).endsWith(839);
		}
	}

	@Test
	void exportWhenReadingFailsShouldLeaveNoFile() {
		MockTursoServer turso = MockTursoServer.start();
		turso.close();
		Path file = this.directory.resolve("audit.csv");
		assertThat(export(turso, "--output=" + file)).isEqualTo(1);
		assertThat(file).doesNotExist();
	}

	@Test
	void exportWhenDirectoryIsMissingShouldSaySo(CapturedOutput output) {
		assertThat(execute(List.of(), "export", "--sample", "--output=" + this.directory.resolve("absent/audit.csv")))
			.isEqualTo(3);
		assertThat(output.getErr()).contains("export: There is no directory to write '")
			.doesNotContain("Exception", "\tat ");
	}

	@Test
	void exportWithoutTokenShouldBeRefused(CapturedOutput output) throws Exception {
		Path file = this.directory.resolve("audit.csv");
		Path part = Files.writeString(this.directory.resolve("audit.csv.part"), "of an interrupted export");
		assertThat(execute(List.of("turso.api-token=", "turso.organization=acme"), "export", "--output=" + file))
			.isEqualTo(2);
		assertThat(output.getErr()).contains("turso.api-token");
		assertThat(file).doesNotExist();
		assertThat(part).hasContent("of an interrupted export");
	}

	@Test
	void exportWithWrongOptionsShouldSayWhichOnes(CapturedOutput output) {
		assertThat(ConsoleCommand.execute("export", "--output=x", "--start-time=yesterday")).isEqualTo(2);
		assertThat(ConsoleCommand.execute("export", "--output=x", "--start-time=2026-01-02T00:00:00Z",
				"--end-time=2026-01-01T00:00:00Z"))
			.isEqualTo(2);
		assertThat(ConsoleCommand.execute("export", "--output=x", "--order=up")).isEqualTo(2);
		assertThat(ConsoleCommand.execute("export", "--format=csv")).isEqualTo(2);
		assertThat(ConsoleCommand.execute("export", "--format=xml", "--output=x")).isEqualTo(2);
		assertThat(ConsoleCommand.execute("export", "--output=" + this.directory)).isEqualTo(3);
		assertThat(ConsoleCommand.execute("export", "--help")).isZero();
		assertThat(output)
			.contains("--from must be a time", "from must not be after to", "Invalid value for option '--order'",
					"is a directory; --output must be a file")
			.doesNotContain("\tat ", "[query=");
	}

	@Test
	@Tag("slow")
	void exportShouldFollowNoLinksAndBeReadableByItsOwnerOnly(CapturedOutput output) throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(2500);
			Path victim = Files.writeString(this.directory.resolve("victim"), "precious");
			Path file = this.directory.resolve("audit.csv");
			Path part = Files.createSymbolicLink(this.directory.resolve("audit.csv.part"), victim);
			assertThat(export(turso, "--output=" + file)).isEqualTo(3);
			assertThat(output).contains("is a symbolic link");
			Files.delete(part);
			Files.writeString(part, "left behind, and open to all");
			Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
			Files.createSymbolicLink(this.directory.resolve("audit.csv.state"), victim);
			Files.createSymbolicLink(this.directory.resolve("audit.csv.state.next"), victim);
			assertThat(export(turso, "--output=" + file, "--resume")).isEqualTo(3);
			assertThat(export(turso, "--output=" + file)).isZero();
			assertThat(victim).hasContent("precious");
			assertThat(file).isRegularFile();
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "{}", "[]", "{\"description\":\"$\",\"length\":4,\"entries\":1}",
			"{\"description\":\"$\",\"position\":\"x\",\"length\":-4,\"entries\":1}" })
	void resumeOfAStateThatNoExportHasWrittenShouldBeRefused(String state, CapturedOutput output) throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(3);
			Path file = this.directory.resolve("audit.csv");
			Files.writeString(this.directory.resolve("audit.csv.part"), "part");
			Files.writeString(this.directory.resolve("audit.csv.state"),
					state.replace("$", "CSV of organization 'acme': " + new SearchOptions().search(null) + ", DESC"));
			assertThat(export(turso, "--output=" + file, "--resume")).isEqualTo(3);
			assertThat(output).contains("is no state of an export").doesNotContain("\tat ");
			assertThat(file).doesNotExist();
		}
	}

	@Test
	void resumeOfTursosLogWithTheGeneratedOneShouldBeRefused(CapturedOutput output) throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			Path file = this.directory.resolve("audit.csv");
			Files.writeString(this.directory.resolve("audit.csv.part"), "part");
			Files.writeString(this.directory.resolve("audit.csv.state"),
					"{\"description\":\"CSV of organization 'acme': " + new SearchOptions().search("acme")
							+ ", DESC\",\"position\":\"x\",\"length\":4,\"entries\":1}");
			assertThat(export(turso, "--sample", "--organization=acme", "--output=" + file, "--resume")).isEqualTo(2);
			assertThat(output).contains("The interrupted export was another one");
		}
	}

	@Test
	@Tag("slow")
	void archiveShouldBeExportedAndVerified(CapturedOutput output) throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().addNumbered(700);
			RunningConsole.start(turso, this.directory).awaitArchived(700).close();
			String database = "spring.datasource.url=jdbc:sqlite:" + this.directory.resolve("audit-log.db");
			String key = "console.evidence.key-file=" + this.directory.resolve("audit-log.key");
			Path file = this.directory.resolve("archive.ndjson");
			assertThat(execute(List.of(database, key), "export", "--archive", "--format=ndjson", "--not-code=db-create",
					"--output=" + file))
				.isZero();
			assertThat(Files.readAllLines(file)).hasSize(70)
				.allSatisfy((line) -> assertThat(line).contains("\"archive\":{\"organization\":\"acme\",\"sequence\":")
					.doesNotContain("db-create"));
			assertThat(execute(List.of(database, key), "verify")).isZero();
			assertThat(output).contains("OK: Unchanged. 700 entries").doesNotContain("Complete and unchanged");
			assertThat(execute(List.of(database, key), "verify", "--organization=acne")).isEqualTo(2);
			assertThat(output).contains("verify: There is nothing of organization 'acne' to verify, only of [acme]");
			List<String> connected = List.of(database, key, "turso.api-token=" + turso.token(),
					"turso.organization=acme", "turso.base-url=" + turso.baseUrl());
			assertThat(execute(connected, "verify", "--against-turso")).isZero();
			assertThat(output).contains("OK: Complete and unchanged. 700 entries");
			Path seals = Files.writeString(this.directory.resolve("seals.json"),
					"[{\"organization\":\"acme\",\"day\":\"2020-01-01\",\"count\":0,\"head\":\"\",\"previous\":\"\","
							+ "\"signature\":\"\",\"publicKey\":\"\",\"sealedAt\":\"2020-01-02T00:00:00Z\"}]");
			assertThat(execute(List.of(database, key), "verify", "--seals=" + seals)).isEqualTo(1);
			assertThat(output).contains("The seal of 2020-01-01 that was kept is not in the archive");
			Files.writeString(seals, Files.readString(seals).replace("acme", "globex"));
			assertThat(execute(List.of(database, key), "verify", "--seals=" + seals)).isEqualTo(1);
			assertThat(output).contains("NOT OK: 1 findings. 0 entries and 0 seals of organization 'globex'");
		}
	}

	@Test
	void archiveThatIsMissingShouldNotBeMade(CapturedOutput output) {
		Path absent = this.directory.resolve("absent.db");
		assertThat(execute(List.of("spring.datasource.url=jdbc:sqlite:" + absent,
				"console.evidence.key-file=" + this.directory.resolve("k")), "verify"))
			.isEqualTo(2);
		assertThat(output).contains("verify: ").doesNotContain("\tat ");
		assertThat(absent).doesNotExist();
	}

	@Test
	void archiveThatCannotBeReadToItsEndShouldNotBeAWrongOption(CapturedOutput output) {
		String url = "jdbc:sqlite:" + this.directory.resolve("audit-log.db");
		DriverManagerDataSource database = new DriverManagerDataSource(url);
		Flyway.configure().dataSource(database).locations("classpath:db/migration/sqlite").load().migrate();
		new JdbcTemplate(database).execute("alter table content rename to damaged");
		assertThat(execute(
				List.of("spring.datasource.url=" + url, "console.evidence.key-file=" + this.directory.resolve("k")),
				"export", "--archive", "--output=" + this.directory.resolve("archive.csv")))
			.isEqualTo(1);
		assertThat(output.getErr()).contains("export: ", "no such table: content").doesNotContain("\tat ");
	}

	@Test
	void keptSealsThatCannotBeReadShouldBeRefused(CapturedOutput output) throws Exception {
		Path seals = this.directory.resolve("seals.json");
		assertThat(ConsoleCommand.execute("verify", "--seals=" + seals)).isEqualTo(2);
		for (String text : List.of("", "null", "{}", "[null]", "[{}]", "[{\"organization\":\"acme\"}]", "\u0000")) {
			Files.writeString(seals, text);
			assertThat(ConsoleCommand.execute("verify", "--seals=" + seals)).as(text).isEqualTo(2);
		}
		Files.write(seals, new byte[] { '[', '"', (byte) 0xE9, '"', ']' });
		assertThat(ConsoleCommand.execute("verify", "--seals=" + seals)).isEqualTo(2);
		assertThat(output.getErr()).contains("seals.json").doesNotContain("\tat ", "to write");
	}

	@Test
	void archiveOfNothingShouldNotBeOk(CapturedOutput output) {
		String url = "jdbc:sqlite:" + this.directory.resolve("audit-log.db");
		Flyway.configure().dataSource(url, null, null).locations("classpath:db/migration/sqlite").load().migrate();
		assertThat(execute(
				List.of("spring.datasource.url=" + url, "console.evidence.key-file=" + this.directory.resolve("k")),
				"verify"))
			.isEqualTo(1);
		assertThat(output).contains("NOT OK: The archive is empty");
	}

	@Test
	void archiveOfAnEarlierVersionShouldBeRefused(CapturedOutput output) {
		String url = "jdbc:sqlite:" + this.directory.resolve("audit-log.db");
		Flyway.configure()
			.dataSource(url, null, null)
			.locations("classpath:db/migration/sqlite")
			.target("1")
			.load()
			.migrate();
		assertThat(execute(List.of("spring.datasource.url=" + url), "verify")).isEqualTo(2);
		assertThat(output).contains("verify: The archive was made by another version").doesNotContain("\tat ");
	}

	/** Export in this process. */
	static int export(MockTursoServer turso, String... options) {
		return execute(
				List.of("turso.api-token=" + turso.token(), "turso.organization=" + turso.organization(),
						"turso.base-url=" + turso.baseUrl(), "turso.retry.delay=10ms"),
				Stream.concat(Stream.of("export"), Stream.of(options)).toArray(String[]::new));
	}

	/** Run a command in this process. */
	private static int execute(List<String> properties, String... arguments) {
		Properties before = (Properties) System.getProperties().clone();
		try {
			for (String property : properties) {
				int separator = property.indexOf('=');
				System.setProperty(property.substring(0, separator), property.substring(separator + 1));
			}
			return ConsoleCommand.execute(arguments);
		}
		finally {
			System.setProperties(before);
		}
	}

}
