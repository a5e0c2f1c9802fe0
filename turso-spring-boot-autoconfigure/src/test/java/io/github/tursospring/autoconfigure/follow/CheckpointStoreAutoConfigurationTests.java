package io.github.tursospring.autoconfigure.follow;

import java.nio.file.Path;
import java.util.UUID;

import javax.sql.DataSource;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FileAuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;
import io.github.tursospring.auditlog.internal.follow.InMemoryAuditLogCheckpointStore;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.TursoFollowProperties;
import io.github.tursospring.test.RealPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link CheckpointStoreAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CheckpointStoreAutoConfigurationTests {

	private static final String IN_MEMORY = "are stored in memory only";

	private static final CheckpointKey KEY = new CheckpointKey("handler", "acme");

	@TempDir
	private Path directory;

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CheckpointStoreAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare.withUserConfiguration(HandlerConfiguration.class);

	private final ApplicationContextRunner withDataSource = this.runner
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

	@Test
	void runWithoutHandlerShouldCreateNothing() {
		this.bare.run((context) -> assertThat(context).doesNotHaveBean(AuditLogCheckpointStore.class)
			.doesNotHaveBean(TursoFollowProperties.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "turso.enabled=false", "turso.audit-logs.follow.enabled=false" })
	void runWhenDisabledShouldCreateNothing(String property) {
		this.withDataSource.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(AuditLogCheckpointStore.class)
				.doesNotHaveBean(CheckpointStoreScriptDatabaseInitializer.class));
	}

	@Test
	void runWithHandlerAloneShouldKeepPositionsInMemoryAndSaySo(CapturedOutput output) {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(AuditLogCheckpointStore.class)
				.hasSingleBean(InMemoryAuditLogCheckpointStore.class);
			assertThat(output).containsOnlyOnce(IN_MEMORY)
				.contains("turso.audit-logs.follow.file.directory", "DataSource", "AuditLogCheckpointStore");
		});
	}

	@Test
	void runWithTransactionalHandlerAndDataSourceShouldKeepPositionsInDatabase(CapturedOutput output) {
		this.bare.withUserConfiguration(TransactionalHandlerConfiguration.class)
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasSingleBean(AuditLogCheckpointStore.class)
					.hasSingleBean(JdbcAuditLogCheckpointStore.class);
				assertThat(output).doesNotContain(IN_MEMORY);
			});
	}

	@Test
	void runWithEmbeddedDatabaseShouldCreateTable() {
		this.withDataSource.run((context) -> {
			assertThat(context).hasSingleBean(CheckpointStoreScriptDatabaseInitializer.class);
			AuditLogCheckpointStore store = context.getBean(AuditLogCheckpointStore.class);
			assertThat(store.save(KEY, null, "a").block()).isTrue();
			assertThat(count(context.getBean(DataSource.class), "turso_audit_log_checkpoint")).isEqualTo(1);
		});
	}

	@Test
	void runWhenTableIsNotToBeCreatedShouldNotCreateIt() {
		this.withDataSource.withPropertyValues("turso.audit-logs.follow.jdbc.initialize-schema=never")
			.run((context) -> {
				assertThat(context).hasSingleBean(JdbcAuditLogCheckpointStore.class)
					.doesNotHaveBean(CheckpointStoreScriptDatabaseInitializer.class);
				assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class)
					.isThrownBy(() -> context.getBean(AuditLogCheckpointStore.class).load(KEY).block())
					.withMessageContaining("initialize-schema");
			});
	}

	@Test
	@Tag("slow")
	void runWithRealDatabaseShouldCreateTableOnRequestOnly() {
		String url = RealPostgres.start().createDatabase();
		ApplicationContextRunner postgres = this.withDataSource.withPropertyValues("spring.datasource.url=" + url);
		postgres.run((context) -> assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class)
			.isThrownBy(() -> context.getBean(AuditLogCheckpointStore.class).load(KEY).block()));
		for (String previous : new String[] { null, "a" }) {
			postgres
				.withPropertyValues("turso.audit-logs.follow.jdbc.initialize-schema=always",
						"turso.audit-logs.follow.jdbc.continue-on-error=false")
				.run((context) -> {
					AuditLogCheckpointStore store = context.getBean(AuditLogCheckpointStore.class);
					assertThat(store.load(KEY).block()).isEqualTo(previous);
					assertThat(store.save(KEY, previous, previous + "a").block()).isTrue();
					store.save(KEY, previous + "a", "a").block();
				});
		}
	}

	@Test
	void runWithTableNameShouldCreateAndUseThatTable() {
		this.withDataSource.withPropertyValues("turso.audit-logs.follow.jdbc.table-name=positions").run((context) -> {
			assertThat(context.getBean(AuditLogCheckpointStore.class).save(KEY, null, "a").block()).isTrue();
			assertThat(count(context.getBean(DataSource.class), "positions")).isEqualTo(1);
		});
	}

	@Test
	void runWithTableNameThatIsNoneShouldFail() {
		this.withDataSource
			.withPropertyValues("turso.audit-logs.follow.jdbc.initialize-schema=never",
					"turso.audit-logs.follow.jdbc.table-name=a;b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("'a;b'"));
	}

	@Test
	void runWithSchemaAndPlatformShouldUseThem() {
		this.withDataSource.withPropertyValues(
				"turso.audit-logs.follow.jdbc.schema=classpath:io/github/tursospring/auditlog/follow/schema-@@platform@@.sql",
				"turso.audit-logs.follow.jdbc.platform=nosuch")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("follow/schema-nosuch.sql"));
	}

	@Test
	void runWithDatabaseThatHasNoScriptShouldStart() {
		this.withDataSource.withPropertyValues("turso.audit-logs.follow.jdbc.platform=nosuch")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(JdbcAuditLogCheckpointStore.class));
	}

	@Test
	void runWithInitializerOfUserShouldBackOff() {
		this.withDataSource.withUserConfiguration(InitializerConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(CheckpointStoreScriptDatabaseInitializer.class)
				.hasBean("mine"));
	}

	@Test
	void storeShouldComeAfterOtherInitializersOfTheDatabase() {
		this.withDataSource.withUserConfiguration(MigrationConfiguration.class)
			.run((context) -> assertThat(
					context.getBeanFactory().getBeanDefinition("auditLogCheckpointStore").getDependsOn())
				.contains("migration", "auditLogCheckpointStoreScriptDatabaseInitializer"));
	}

	@Test
	void runWithDirectoryShouldKeepPositionsInFiles(CapturedOutput output) {
		this.runner.withPropertyValues("turso.audit-logs.follow.file.directory=" + this.directory.resolve("positions"))
			.run((context) -> {
				assertThat(context).hasSingleBean(AuditLogCheckpointStore.class)
					.hasSingleBean(FileAuditLogCheckpointStore.class);
				assertThat(output).doesNotContain(IN_MEMORY);
				assertThat(this.directory.resolve("positions")).isDirectory();
			});
	}

	@Test
	void runWithDirectoryAndDataSourceShouldPreferDirectory() {
		this.withDataSource.withPropertyValues("turso.audit-logs.follow.file.directory=" + this.directory)
			.run((context) -> assertThat(context).hasSingleBean(AuditLogCheckpointStore.class)
				.hasSingleBean(FileAuditLogCheckpointStore.class)
				.doesNotHaveBean(CheckpointStoreScriptDatabaseInitializer.class));
	}

	@Test
	void runWithEmptyDirectoryShouldTakeItForNone() {
		this.runner.withPropertyValues("turso.audit-logs.follow.file.directory=")
			.run((context) -> assertThat(context).hasSingleBean(InMemoryAuditLogCheckpointStore.class));
	}

	@Test
	void runWithDirectoryThatCannotBeShouldFail() {
		Path inTheWay = this.directory.resolve("file");
		this.runner
			.withInitializer((context) -> assertThat(inTheWay.toFile()).satisfies((file) -> file.createNewFile()))
			.withPropertyValues("turso.audit-logs.follow.file.directory=" + inTheWay)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						TursoConfigurationException.class.getName() + ": The checkpoint directory '" + inTheWay + "'")
				.hasStackTraceContaining("Set 'turso.audit-logs.follow.file.directory'"));
	}

	@Test
	void runWithStoreOfUserShouldBackOff(CapturedOutput output) {
		this.withDataSource.withPropertyValues("turso.audit-logs.follow.file.directory=" + this.directory)
			.withBean("mine", AuditLogCheckpointStore.class, () -> mock(AuditLogCheckpointStore.class))
			.run((context) -> {
				assertThat(context).hasSingleBean(AuditLogCheckpointStore.class)
					.hasBean("mine")
					.doesNotHaveBean(CheckpointStoreScriptDatabaseInitializer.class);
				assertThat(output).doesNotContain(IN_MEMORY);
			});
	}

	@Test
	void runWithTwoDataSourcesShouldChooseNeither() {
		this.runner.withUserConfiguration(TwoDataSourcesConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(InMemoryAuditLogCheckpointStore.class));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "org.springframework.jdbc", "org.springframework.boot.jdbc", "org.springframework.boot.sql" })
	void runWithDataSourceButWithoutOneOfTheLibrariesShouldKeepPositionsInMemory(String missing) {
		this.runner.withUserConfiguration(DataSourceConfiguration.class)
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(InMemoryAuditLogCheckpointStore.class));
	}

	@Test
	void runWithoutAnyLibraryForDatabasesShouldStart() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.transaction",
					"org.springframework.boot.jdbc", "org.springframework.boot.sql", "org.springframework.dao"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(InMemoryAuditLogCheckpointStore.class));
	}

	@Test
	void scriptsShouldBeInNativeImages() {
		RuntimeHints hints = new RuntimeHints();
		new CheckpointStoreRuntimeHints().registerHints(hints, getClass().getClassLoader());
		for (String platform : new String[] { "h2", "postgresql", "mysql", "sqlite" }) {
			assertThat(RuntimeHintsPredicates.resource()
				.forResource("io/github/tursospring/auditlog/follow/schema-" + platform + ".sql")).accepts(hints);
		}
	}

	private static long count(DataSource dataSource, String table) {
		return JdbcClient.create(dataSource).sql("select count(*) from " + table).query(Long.class).single();
	}

	@Configuration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		AuditLogHandler handler() {
			return (organization, page) -> Mono.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TransactionalHandlerConfiguration {

		@Bean
		TransactionalAuditLogHandler handler() {
			return (organization, page) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DataSourceConfiguration {

		@Bean
		DataSource dataSource() {
			return mock(DataSource.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSourcesConfiguration {

		@Bean
		DataSource first() {
			return new SimpleDriverDataSource();
		}

		@Bean
		DataSource second() {
			return new SimpleDriverDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InitializerConfiguration {

		@Bean
		CheckpointStoreScriptDatabaseInitializer mine(DataSource dataSource) {
			return new CheckpointStoreScriptDatabaseInitializer(dataSource, new TursoFollowJdbcProperties());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MigrationConfiguration {

		@Bean
		DataSourceScriptDatabaseInitializer migration(DataSource dataSource) {
			DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
			settings.setMode(DatabaseInitializationMode.ALWAYS);
			return new DataSourceScriptDatabaseInitializer(dataSource, settings);
		}

	}

}
