package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;
import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;
import io.github.tursospring.test.RealPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for two instances of an application that share a PostgreSQL and ShedLock.
 */
@Tag("slow")
class FollowerInstancesPostgresTests {

	private final DriverManagerDataSource dataSource = new DriverManagerDataSource(
			RealPostgres.start().createDatabase());

	private final JdbcAuditLogCheckpointStore store = new JdbcAuditLogCheckpointStore(this.dataSource);

	private final StubLog log = new StubLog(100);

	private final List<Integer> handled = new CopyOnWriteArrayList<>();

	@BeforeEach
	void createTables() {
		new ResourceDatabasePopulator(new ClassPathResource("schema-postgresql.sql", JdbcAuditLogCheckpointStore.class))
			.execute(this.dataSource);
		new JdbcTemplate(this.dataSource).execute("create table shedlock (name varchar(64) primary key,"
				+ " lock_until timestamp not null, locked_at timestamp not null, locked_by varchar(255) not null)");
	}

	@Test
	void replaysUnderLoadFromEitherInstanceShouldLoseNothing() {
		try (Instance one = instance().start(); Instance other = instance().start()) {
			for (int replay = 1; replay <= 4; replay++) {
				int before = replay * 25;
				Instance.await(() -> assertThat(this.handled).hasSizeGreaterThan(before));
				this.log.append(10);
				Flux.merge(one.managed().replay(Instance.KEY, StubLog.second(1)),
						other.managed().replay(Instance.KEY, StubLog.second(1)))
					.blockLast(Instance.LIMIT);
			}
			int last = this.log.newest();
			Instance.await(
					() -> assertThat(this.store.load(Instance.KEY).block(Instance.LIMIT)).isEqualTo("token-" + last));
			List<Integer> afterReplay = this.handled.subList(this.handled.lastIndexOf(1), this.handled.size());
			assertThat(afterReplay).containsExactlyElementsOf(IntStream.rangeClosed(1, last).boxed().toList());
		}
	}

	@Test
	void pauseAndResumeOnTheInstanceThatStandsByShouldApplyToTheOneThatLeads() {
		try (Instance one = instance().start(); Instance other = instance().start()) {
			Instance.await(() -> assertThat(this.handled).contains(100));
			Instance.await(() -> assertThat(List.of(one.status().state(), other.status().state()))
				.containsExactlyInAnyOrder(State.FOLLOWING, State.STANDBY));
			Instance standby = (one.status().state() == State.STANDBY) ? one : other;
			Instance leader = (standby == one) ? other : one;
			standby.managed().pause(Instance.KEY).block(Instance.LIMIT);
			Instance
				.await(() -> assertThat(List.of(one.status().state(), other.status().state())).contains(State.PAUSED)
					.doesNotContain(State.FOLLOWING, State.FAILING));
			this.log.append(5);
			assertThat(this.handled).doesNotContain(101);
			leader.managed().resume(Instance.KEY).block(Instance.LIMIT);
			Instance.await(() -> assertThat(this.handled).contains(105));
			assertThat(this.handled).containsExactlyElementsOf(IntStream.rangeClosed(1, 105).boxed().toList());
		}
	}

	private Instance instance() {
		ShedLockFollowerLock lock = new ShedLockFollowerLock(
				new JdbcTemplateLockProvider(new JdbcTemplate(this.dataSource)), Duration.ofSeconds(30));
		return new Instance(this.log, this.store, lock).follower("archive", (organization, page) -> handle(page));
	}

	private Mono<Void> handle(AuditLogPage page) {
		return Mono.fromRunnable(() -> this.handled.add(StubLog.number(page)));
	}

}
