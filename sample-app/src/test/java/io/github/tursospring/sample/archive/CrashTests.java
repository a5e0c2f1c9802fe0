package io.github.tursospring.sample.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.tursospring.mock.MockLog;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.sample.ConsoleProcess;
import io.github.tursospring.sample.RunningConsole;
import io.github.tursospring.sample.evidence.Verifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the archive is equal to the log after processes were killed at random
 * moments, while the log grew and retention trimmed what had been archived.
 */
class CrashTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final Random random = new Random();

	private final AtomicInteger added = new AtomicInteger();

	private volatile boolean growing = true;

	@TempDir
	private Path directory;

	@Test
	@Tag("slow")
	void sqliteShouldHoldTheLogAfterKills() throws Exception {
		killOnSqlite(5);
	}

	@Test
	@Tag("measurement")
	void sqliteShouldHoldTheLogAfterManyKills() throws Exception {
		killOnSqlite(15);
	}

	@Test
	@Tag("slow")
	void postgresqlShouldHoldTheLogWhenTheLeaderOfTwoInstancesIsKilled() throws Exception {
		killLeaderOnPostgresql(2);
	}

	@Test
	@Tag("measurement")
	void postgresqlShouldHoldTheLogWhenTheLeaderOfTwoInstancesIsKilledManyTimes() throws Exception {
		killLeaderOnPostgresql(4);
	}

	private void killOnSqlite(int kills) throws Exception {
		String url = "jdbc:sqlite:" + this.directory.resolve("audit-log.db");
		try (MockTursoServer turso = growingLog()) {
			for (int i = 0; i < kills; i++) {
				long before = archived(url);
				try (ConsoleProcess console = ConsoleProcess.startOneOfMany(turso, url, this.directory)) {
					Awaitility.await()
						.atMost(TIMEOUT)
						.pollInterval(Duration.ofMillis(50))
						.until(() -> archived(url) > before || !console.isAlive());
					assertThat(console.endsWithin(Duration.ofMillis(this.random.nextInt(400))))
						.as(console.output().toString())
						.isFalse();
					console.kill();
				}
				trim(turso.log(), archived(url));
			}
			check(turso, url);
		}
	}

	private void killLeaderOnPostgresql(int kills) throws Exception {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(); MockTursoServer turso = growingLog()) {
			String url = postgres.getJdbcUrl("postgres", "postgres");
			List<ConsoleProcess> instances = new ArrayList<>();
			try {
				instances.add(instance(turso, url));
				instances.add(instance(turso, url));
				for (int i = 0; i < kills; i++) {
					long before = archived(url);
					Awaitility.await().atMost(TIMEOUT).until(() -> archived(url) > before && leader(instances) != null);
					ConsoleProcess leader = Objects.requireNonNull(leader(instances));
					leader.kill();
					instances.remove(leader);
					trim(turso.log(), archived(url));
					instances.add(instance(turso, url));
				}
			}
			finally {
				for (ConsoleProcess instance : instances) {
					instance.close();
				}
			}
			check(turso, url);
		}
	}

	private ConsoleProcess instance(MockTursoServer turso, String url) throws Exception {
		return ConsoleProcess
			.startOneOfMany(turso, url, this.directory, "--turso.audit-logs.follow.lock-at-most-for=3s")
			.awaitStarted();
	}

	private static ConsoleProcess leader(List<ConsoleProcess> instances) {
		return instances.stream()
			.filter((instance) -> instance.get("/api/status").at("/follower/state").stringValue().equals("leading"))
			.findFirst()
			.orElse(null);
	}

	private MockTursoServer growingLog() {
		return MockTursoServer.builder().organization("acme", (log) -> {
			add(log, 5000);
			log.every(Duration.ofMillis(20), (growingLog) -> {
				if (this.growing) {
					add(growingLog, 2);
				}
			});
		}).start();
	}

	private void add(MockLog log, int count) {
		log.addNumbered(count);
		this.added.addAndGet(count);
	}

	private void trim(MockLog log, long archived) {
		long removed = (long) this.added.get() - log.size();
		log.removeOldest((int) Math.max(0, archived - removed - 300));
	}

	private void check(MockTursoServer turso, String url) throws Exception {
		this.growing = false;
		try (RunningConsole console = RunningConsole.start(turso, url, this.directory,
				"--turso.audit-logs.follow.lock-at-most-for=3s")) {
			Awaitility.await().atMost(TIMEOUT).until(() -> console.bean(Archive.class).head() >= this.added.get());
			List<String> messages = messages(console.bean(Archive.class));
			assertThat(messages)
				.isEqualTo(IntStream.rangeClosed(1, this.added.get()).mapToObj(String::valueOf).toList());
			assertThat(console.bean(Verifier.class).verify("acme", List.of(), true).findings()).isEmpty();
			assertThat(console.get("/api/histogram").at("/total").intValue()).isEqualTo(this.added.get());
			assertThat(console.get("/api/gaps?organization=acme")).isEmpty();
		}
	}

	private static List<String> messages(Archive archive) {
		List<String> messages = new ArrayList<>();
		Iterator<ArchivedEntry> page = archive.after(0, 1000).iterator();
		long last = 0;
		while (page.hasNext()) {
			while (page.hasNext()) {
				ArchivedEntry entry = page.next();
				messages.add(entry.entry().message());
				last = entry.sequence();
			}
			page = archive.after(last, 1000).iterator();
		}
		return messages;
	}

	private long archived(String url) {
		if (url.startsWith("jdbc:sqlite:") && !Files.exists(this.directory.resolve("audit-log.db"))) {
			return 0;
		}
		try (var connection = DriverManager.getConnection(url);
				var rows = connection.createStatement().executeQuery("select sequence from archive_head")) {
			return rows.next() ? rows.getLong(1) : 0;
		}
		catch (SQLException ex) {
			return 0;
		}
	}

}
