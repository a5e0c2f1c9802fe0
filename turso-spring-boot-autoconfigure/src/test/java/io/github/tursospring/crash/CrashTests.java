package io.github.tursospring.crash;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
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
 * Kills a follower again and again while the log grows, and compares what it has written
 * with the log.
 */
class CrashTests {

	private static final int KILLS = 20;

	private static final int PAGE_SIZE = 20;

	private final Random random = new Random(20260102);

	private String url;

	private JdbcClient database;

	@BeforeEach
	void createTable() {
		this.url = RealPostgres.start().createDatabase();
		this.database = JdbcClient.create(new DriverManagerDataSource(this.url));
		this.database.sql("create table delivered (serial bigserial, message int, page text, process bigint)").update();
	}

	@Test
	void nothingIsLostOrRepeatedWhereRowsAndPositionCommitTogether() throws Exception {
		Figures figures = crash(true);
		System.out.println("Crash test, rows and position in one transaction: " + figures);
		assertThat(figures.lost()).isZero();
		assertThat(figures.repeated()).isZero();
	}

	@Test
	void nothingIsLostAndAtMostThePageInHandIsRepeatedOtherwise() throws Exception {
		Figures figures = crash(false);
		System.out.println("Crash test, position saved after the rows: " + figures);
		assertThat(figures.lost()).isZero();
		assertThat(figures.repeated()).isLessThanOrEqualTo(figures.kills() * PAGE_SIZE);
	}

	private Figures crash(boolean transactional) throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			MockLog log = turso.log();
			for (int i = 0; i < 2000; i++) {
				FollowerProcess.append(log, Instant.now().minusSeconds(4000 - i));
			}
			Disposable growth = Flux.interval(Duration.ofMillis(5))
				.subscribe((tick) -> FollowerProcess.append(log, Instant.now()));
			try {
				for (int kill = 0; kill < KILLS; kill++) {
					int before = delivered();
					FollowerProcess follower = start(turso, transactional);
					awaitDeliveries(follower, before);
					pause(this.random.nextInt(150));
					follower.kill();
				}
			}
			finally {
				growth.dispose();
			}
			FollowerProcess last = start(turso, transactional);
			try {
				Awaitility.await()
					.atMost(Duration.ofMinutes(1))
					.until(() -> distinct() >= log.size() || !last.isAlive());
			}
			finally {
				last.kill();
			}
			return new Figures(KILLS, log.size(), log.size() - distinct(), delivered() - distinct());
		}
	}

	private FollowerProcess start(MockTursoServer turso, boolean transactional) throws IOException {
		return FollowerProcess.start(turso, this.url, "transactional=" + transactional, "locking=false");
	}

	private void awaitDeliveries(FollowerProcess follower, int before) throws IOException {
		try {
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.pollInterval(Duration.ofMillis(20))
				.until(() -> delivered() > before || !follower.isAlive());
		}
		finally {
			assertThat(follower.isAlive()).as("follower: " + follower.output()).isTrue();
		}
	}

	private static void pause(int millis) {
		Awaitility.await().pollDelay(Duration.ofMillis(millis)).pollInterval(Duration.ofMillis(1)).until(() -> true);
	}

	private int delivered() {
		return this.database.sql("select count(*) from delivered").query(Integer.class).single();
	}

	private int distinct() {
		return this.database.sql("select count(distinct message) from delivered").query(Integer.class).single();
	}

	private record Figures(int kills, int entries, int lost, int repeated) {
	}

}
