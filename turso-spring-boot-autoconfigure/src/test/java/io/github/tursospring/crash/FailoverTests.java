package io.github.tursospring.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.tursospring.test.RealPostgres;
import io.github.tursospring.mock.MockLog;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three processes, one database: one follows, and when it is killed, another takes over.
 */
@Tag("slow")
class FailoverTests {

	private static final Duration LOCK_AT_MOST_FOR = Duration.ofSeconds(6);

	private static final int FAILOVERS = 2;

	private final String url = RealPostgres.start().createDatabase();

	private final JdbcClient database = JdbcClient.create(new DriverManagerDataSource(this.url));

	@Test
	void anotherInstanceShouldTakeOverEachFollowerOfOneThatWasKilled() throws Exception {
		this.database
			.sql("create table delivered (serial bigserial, follower text, message int, page text, process bigint)")
			.update();
		this.database
			.sql("create table shedlock (name varchar(64) primary key, lock_until timestamp not null,"
					+ " locked_at timestamp not null, locked_by varchar(255) not null)")
			.update();
		List<FollowerProcess> processes = new ArrayList<>();
		List<Double> takeovers = new ArrayList<>();
		try (MockTursoServer turso = MockTursoServer.start()) {
			MockLog log = turso.log();
			FollowerProcess.append(log, Instant.now());
			Disposable growth = Flux.interval(Duration.ofMillis(20))
				.subscribe((tick) -> FollowerProcess.append(log, Instant.now()));
			try {
				for (int i = 0; i < 3; i++) {
					processes.add(FollowerProcess.start(turso, this.url, "locking=true", "followers=1",
							"turso.audit-logs.follow.lock-at-most-for=" + LOCK_AT_MOST_FOR.toSeconds() + "s"));
				}
				for (int failover = 0; failover < FAILOVERS; failover++) {
					long leader = awaitLeaderAmong(processes);
					FollowerProcess killed = processes.stream()
						.filter((process) -> process.pid() == leader)
						.findFirst()
						.orElseThrow();
					int before = lastSerial();
					long start = System.nanoTime();
					killed.kill();
					processes.remove(killed);
					Awaitility.await()
						.atMost(Duration.ofMinutes(2))
						.pollInterval(Duration.ofMillis(20))
						.until(() -> deliveredBySince(before, leader) > 0);
					takeovers.add((double) (System.nanoTime() - start) / 1e9);
				}
			}
			finally {
				growth.dispose();
			}
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> distinct() >= log.size() && count("plain-1", "message") >= log.size());
			int lost = log.size() - distinct();
			int repeated = lastCount() - distinct();
			System.out.printf(
					"Failover: %d kills, %d entries, %d lost, %d repeated, takeover after %s s (lock time %d s)%n",
					FAILOVERS, log.size(), lost, repeated,
					takeovers.stream().map((seconds) -> String.format("%.1f", seconds)).toList(),
					LOCK_AT_MOST_FOR.toSeconds());
			assertThat(lost).isZero();
			assertThat(repeated).isZero();
			assertThat(overlaps()).as("pages committed by two processes").isZero();
			assertThat(count("plain-1", "message")).as("entries that the other follower delivered")
				.isEqualTo(log.size());
		}
		finally {
			for (FollowerProcess process : processes) {
				process.kill();
			}
		}
	}

	private long awaitLeaderAmong(List<FollowerProcess> processes) {
		List<Long> pids = processes.stream().map(FollowerProcess::pid).toList();
		int before = lastSerial();
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> lastSerial() > before);
		long leader = this.database
			.sql("select process from delivered where follower = 'transactional-1' order by serial desc limit 1")
			.query(Long.class)
			.single();
		assertThat(pids).contains(leader);
		return leader;
	}

	private int deliveredBySince(int serial, long exceptProcess) {
		return this.database
			.sql("select count(*) from delivered where follower = 'transactional-1' and serial > ? and process <> ?")
			.params(serial, exceptProcess)
			.query(Integer.class)
			.single();
	}

	private int overlaps() {
		return this.database.sql(
				"select count(*) from (select page from delivered where follower = 'transactional-1' group by page having count(distinct process) > 1) p")
			.query(Integer.class)
			.single();
	}

	private int lastSerial() {
		return this.database.sql("select coalesce(max(serial), 0) from delivered where follower = 'transactional-1'")
			.query(Integer.class)
			.single();
	}

	private int lastCount() {
		return this.database.sql("select count(*) from delivered where follower = 'transactional-1'")
			.query(Integer.class)
			.single();
	}

	private int distinct() {
		return count("transactional-1", "message");
	}

	private int count(String follower, String column) {
		return this.database.sql("select count(distinct " + column + ") from delivered where follower = ?")
			.param(follower)
			.query(Integer.class)
			.single();
	}

}
