package io.github.tursospring.crash;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
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
 * Kills a follower again and again while the log grows, and compares what it has written
 * with the log.
 */
@Tag("slow")
class CrashTests {

	private static final int KILLS = 5;

	private static final int PAGE_SIZE = 20;

	private static final List<String> FOLLOWERS = IntStream.rangeClosed(1, 4)
		.boxed()
		.flatMap((i) -> Stream.of("transactional-" + i, "plain-" + i))
		.toList();

	private final Random random = new Random(20260102);

	private String url;

	private JdbcClient database;

	@BeforeEach
	void createTable() {
		this.url = RealPostgres.start().createDatabase();
		this.database = JdbcClient.create(new DriverManagerDataSource(this.url));
		this.database
			.sql("create table delivered (serial bigserial, follower text, message int, page text, process bigint)")
			.update();
	}

	@Test
	void killedFollowersShouldLoseNothingAndRepeatNoMoreThanIsPromised() throws Exception {
		Map<String, Figures> figures = crash();
		System.out.println("Crash test: " + figures);
		assertThat(figures).hasSize(FOLLOWERS.size()).allSatisfy((follower, figure) -> {
			assertThat(figure.lost()).isZero();
			assertThat(figure.repeated())
				.isLessThanOrEqualTo(follower.startsWith("transactional") ? 0 : KILLS * PAGE_SIZE);
		});
		assertThat(this.database.sql("select count(*) from turso_audit_log_checkpoint where follower = 'failing'")
			.query(Integer.class)
			.single()).isZero();
	}

	private Map<String, Figures> crash() throws Exception {
		try (MockTursoServer turso = MockTursoServer.start()) {
			MockLog log = turso.log();
			for (int i = 0; i < 1000; i++) {
				FollowerProcess.append(log, Instant.now().minusSeconds(3000 - i));
			}
			Disposable growth = Flux.interval(Duration.ofMillis(20))
				.subscribe((tick) -> FollowerProcess.append(log, Instant.now()));
			try {
				for (int kill = 0; kill < KILLS; kill++) {
					int before = delivered("transactional-1");
					FollowerProcess follower = start(turso);
					awaitDeliveries(follower, before);
					pause(this.random.nextInt(150));
					follower.kill();
				}
			}
			finally {
				growth.dispose();
			}
			FollowerProcess last = start(turso);
			try {
				Awaitility.await()
					.atMost(Duration.ofMinutes(5))
					.untilAsserted(() -> assertThat(FOLLOWERS)
						.allSatisfy((follower) -> assertThat(distinct(follower)).as(follower).isEqualTo(log.size())));
			}
			finally {
				last.kill();
			}
			return FOLLOWERS.stream()
				.collect(Collectors.toMap(Function.identity(), (follower) -> new Figures(KILLS, log.size(),
						log.size() - distinct(follower), delivered(follower) - distinct(follower))));
		}
	}

	private FollowerProcess start(MockTursoServer turso) throws IOException {
		return FollowerProcess.start(turso, this.url, "locking=false", "followers=4");
	}

	private void awaitDeliveries(FollowerProcess follower, int before) throws IOException {
		try {
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.pollInterval(Duration.ofMillis(20))
				.until(() -> delivered("transactional-1") > before || !follower.isAlive());
		}
		finally {
			assertThat(follower.isAlive()).as("follower: " + follower.output()).isTrue();
		}
	}

	private static void pause(int millis) {
		Awaitility.await().pollDelay(Duration.ofMillis(millis)).pollInterval(Duration.ofMillis(1)).until(() -> true);
	}

	private int delivered(String follower) {
		return count("count(*)", follower);
	}

	private int distinct(String follower) {
		return count("count(distinct message)", follower);
	}

	private int count(String what, String follower) {
		return this.database.sql("select " + what + " from delivered where follower = ?")
			.param(follower)
			.query(Integer.class)
			.single();
	}

	private record Figures(int kills, int entries, int lost, int repeated) {
	}

}
