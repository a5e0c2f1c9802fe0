package io.github.tursospring.sample.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockLog;
import io.github.tursospring.mock.MockResponse;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.activity.OrganizationActivity;

/**
 * The console on a Turso API whose logs are known and that outlives it, with an archive
 * of its own.
 */
class RunningConsole implements AutoCloseable {

	static final String ACME = "acme";

	static final String UMBRELLA = "umbrella";

	private final MockTursoServer turso;

	private final String organizations;

	private final Path directory;

	private ConfigurableApplicationContext context;

	private String port = "0";

	private RunningConsole(MockTursoServer turso, String... organizations) {
		this.turso = turso;
		this.organizations = String.join(",", organizations);
		this.directory = temporaryDirectory();
		start();
	}

	/** Return a console of two organizations with a past of 90 days. */
	static RunningConsole ofTwoOrganizations() {
		return new RunningConsole(MockTursoServer.builder()
			.organization(ACME, (log) -> log.add(OrganizationActivity.of(7).history(2500, Duration.ofDays(90))))
			.organization(UMBRELLA, (log) -> log.add(OrganizationActivity.of(8).history(60, Duration.ofDays(20))))
			.start(), ACME, UMBRELLA);
	}

	/** Return a console of one organization. */
	static RunningConsole of(List<MockEntry> entries) {
		return new RunningConsole(MockTursoServer.builder().organization(ACME, (log) -> log.add(entries)).start(),
				ACME);
	}

	/** Return a console of one organization whose backlog takes some seconds. */
	static RunningConsole slow(int entries) {
		return new RunningConsole(MockTursoServer.builder()
			.organization(ACME,
					(log) -> log.add(OrganizationActivity.of(9).history(entries, Duration.ofDays(90)))
						.maxPageSize(100)
						.respond(MockResponse.page().delay(Duration.ofMillis(400))))
			.start(), ACME);
	}

	final void start() {
		this.context = io.github.tursospring.sample.RunningConsole.application()
			.run("--server.port=" + this.port, "--turso.api-token=" + this.turso.token(),
					"--turso.organization=" + ACME, "--turso.base-url=" + this.turso.baseUrl(),
					"--turso.audit-logs.follow.organizations=" + this.organizations,
					"--turso.audit-logs.follow.poll-interval=200ms",
					"--spring.datasource.url=jdbc:sqlite:" + this.directory.resolve("audit-log.db"),
					"--console.evidence.key-file=" + this.directory.resolve("seal.key"));
		this.port = this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	void stop() {
		this.context.close();
	}

	String url() {
		return "http://127.0.0.1:" + this.port;
	}

	MockLog log() {
		return this.turso.log();
	}

	/** Return the entries of all organizations, newest first within each. */
	List<MockEntry> entries() {
		return Stream.of(this.organizations.split(","))
			.flatMap((organization) -> this.turso.log(organization).entries().stream())
			.toList();
	}

	JdbcTemplate database() {
		return this.context.getBean(JdbcTemplate.class);
	}

	MockEntry append(String code, String author, String message) {
		MockEntry entry = MockEntry.of(code)
			.message(message)
			.origin("web")
			.author(author)
			.data(Map.of("note", message));
		log().add(entry);
		return entry;
	}

	@Override
	public void close() {
		stop();
		this.turso.close();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path temporaryDirectory() {
		try {
			return Files.createTempDirectory("console");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
