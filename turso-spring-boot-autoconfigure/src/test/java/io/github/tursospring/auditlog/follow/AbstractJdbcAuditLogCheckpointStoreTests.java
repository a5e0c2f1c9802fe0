package io.github.tursospring.auditlog.follow;

import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What {@link JdbcAuditLogCheckpointStore} promises on every database.
 */
abstract class AbstractJdbcAuditLogCheckpointStoreTests extends AbstractAuditLogCheckpointStoreTests {

	private final HikariDataSource dataSource = new HikariDataSource();

	private final TransactionTemplate transaction = new TransactionTemplate(
			new JdbcTransactionManager(this.dataSource));

	private JdbcAuditLogCheckpointStore store;

	abstract String jdbcUrl();

	abstract String script();

	/** The table of version 0.1, empty where there was none. */
	abstract String oldTable();

	@BeforeEach
	void createTable() {
		this.dataSource.setJdbcUrl(jdbcUrl());
		ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
				new ClassPathResource(script(), JdbcAuditLogCheckpointStore.class));
		populator.execute(this.dataSource);
		populator.execute(this.dataSource);
		this.store = new JdbcAuditLogCheckpointStore(this.dataSource);
	}

	@AfterEach
	void dropTable() {
		JdbcClient.create(this.dataSource).sql("drop table turso_audit_log_checkpoint").update();
		this.dataSource.close();
	}

	@Override
	protected AuditLogCheckpointStore store() {
		return this.store;
	}

	@Test
	void rowShouldTellWhenThePositionWasSaved() {
		save(this.store, null, "a");
		assertThat(JdbcClient.create(this.dataSource)
			.sql("select count(*) from turso_audit_log_checkpoint where organization = 'acme' and updated_at is not null")
			.query(Long.class)
			.single()).isEqualTo(1);
	}

	@Test
	void saveInTransactionShouldBeCommittedWithIt() {
		assertThat(inTransaction(() -> this.store.saveInTransaction(KEY, null, "a"))).isTrue();
		assertThat(load(this.store)).isEqualTo("a");
		assertThat(inTransaction(() -> this.store.saveInTransaction(KEY, "a", "b"))).isTrue();
		assertThat(load(this.store)).isEqualTo("b");
	}

	@Test
	void saveInTransactionShouldBeRolledBackWithIt() {
		save(this.store, null, "a");
		assertThatIllegalStateException().isThrownBy(() -> this.transaction.execute((status) -> {
			assertThat(this.store.saveInTransaction(KEY, "a", "b")).isTrue();
			throw new IllegalStateException("the handler failed");
		}));
		assertThat(load(this.store)).isEqualTo("a");
	}

	@Test
	void saveInTransactionAfterAnotherPositionShouldBeFalse() {
		save(this.store, null, "a");
		assertThat(inTransaction(() -> this.store.saveInTransaction(KEY, null, "b"))).isFalse();
		assertThat(inTransaction(() -> this.store.saveInTransaction(KEY, "x", "b"))).isFalse();
		assertThat(load(this.store)).isEqualTo("a");
	}

	@Test
	void saveInTransactionOfThePositionStoredShouldBeFalseAsItsWorkIsDone() {
		save(this.store, null, "a");
		save(this.store, "a", "b");
		assertThat(inTransaction(() -> this.store.saveInTransaction(KEY, "a", "b"))).isFalse();
		assertThat(inTransaction(() -> this.store.saveInTransaction(KEY, null, "b"))).isFalse();
	}

	@Test
	void ofTwoTransactionsOnlyTheFirstShouldMoveThePosition() throws Exception {
		save(this.store, null, "a");
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Future<Boolean> second = this.transaction.execute((status) -> {
				assertThat(this.store.saveInTransaction(KEY, "a", "b")).isTrue();
				Future<Boolean> other = executor
					.submit(() -> inTransaction(() -> this.store.saveInTransaction(KEY, "a", "b")));
				assertThatExceptionOfType(TimeoutException.class)
					.isThrownBy(() -> other.get(300, TimeUnit.MILLISECONDS));
				return other;
			});
			assertThat(second).isNotNull();
			assertThat(second.get(30, TimeUnit.SECONDS)).isFalse();
			assertThat(load(this.store)).isEqualTo("b");
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void saveInTransactionWithoutTransactionShouldBeRefused() {
		assertThatIllegalStateException().isThrownBy(() -> this.store.saveInTransaction(KEY, null, "a"))
			.withMessageContaining("no transaction");
		assertThat(load(this.store)).isNull();
	}

	@Test
	void saveInTransactionOfAnotherDatabaseShouldBeRefused() {
		try (HikariDataSource other = new HikariDataSource()) {
			other.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
			TransactionTemplate ofOther = new TransactionTemplate(new JdbcTransactionManager(other));
			assertThatIllegalStateException()
				.isThrownBy(() -> ofOther.execute((status) -> this.store.saveInTransaction(KEY, null, "a")))
				.withMessageContaining("DataSource");
		}
		assertThat(load(this.store)).isNull();
	}

	@Test
	void saveWithConnectionsThatDoNotCommitShouldCommit() {
		try (HikariDataSource manual = new HikariDataSource()) {
			manual.setJdbcUrl(jdbcUrl());
			manual.setAutoCommit(false);
			JdbcAuditLogCheckpointStore ofManual = new JdbcAuditLogCheckpointStore(manual);
			assertThat(save(ofManual, null, "a")).isTrue();
			assertThat(save(ofManual, "a", "b")).isTrue();
			assertThat(load(this.store)).isEqualTo("b");
		}
	}

	@Test
	void tableThatIsMissingShouldBeAClearError() {
		JdbcAuditLogCheckpointStore withoutTable = new JdbcAuditLogCheckpointStore(this.dataSource, "no_such_table");
		StepVerifier.create(withoutTable.load(KEY))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(InvalidDataAccessResourceUsageException.class)
				.hasMessageContaining("'no_such_table'")
				.hasMessageContaining("turso.audit-logs.follow.jdbc.initialize-schema"))
			.verify(LIMIT);
		StepVerifier.create(withoutTable.save(KEY, null, "a"))
			.expectError(InvalidDataAccessResourceUsageException.class)
			.verify(LIMIT);
	}

	@Test
	void tableOfVersionWithoutFollowersShouldBeRefusedWithTheStatementsToRun() {
		assumeThat(oldTable()).isNotEmpty();
		JdbcClient client = JdbcClient.create(this.dataSource);
		client.sql("drop table turso_audit_log_checkpoint").update();
		client.sql(oldTable()).update();
		client
			.sql("insert into turso_audit_log_checkpoint (organization, token, token_digest, updated_at)"
					+ " values ('acme', 'a', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',"
					+ " current_timestamp)")
			.update();
		AtomicReference<String> message = new AtomicReference<>();
		StepVerifier.create(this.store.keys())
			.expectErrorSatisfies((ex) -> message.set(String.valueOf(ex.getMessage())))
			.verify(LIMIT);
		assertThat(message.get()).contains("'turso_audit_log_checkpoint' is of version 0.1");
		String statements = message.get().substring(message.get().indexOf("<follower>: ") + "<follower>: ".length());
		for (String statement : StringUtils.delimitedListToStringArray(statements.replace("<follower>", "archive"),
				"; ")) {
			client.sql(statement).update();
		}
		StepVerifier.create(this.store.keys()).expectNext(KEY).expectComplete().verify(LIMIT);
		assertThat(save(this.store, "a", "b")).isTrue();
		assertThat(load(this.store)).isEqualTo("b");
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	private boolean inTransaction(BooleanSupplier work) {
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			boolean done = work.getAsBoolean();
			if (!done) {
				status.setRollbackOnly();
			}
			return done;
		}));
	}

}
