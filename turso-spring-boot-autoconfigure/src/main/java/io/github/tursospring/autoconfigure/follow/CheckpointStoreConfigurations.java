package io.github.tursospring.autoconfigure.follow;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.autoconfigure.init.OnDatabaseInitializationCondition;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.StringUtils;

import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.FileAuditLogCheckpointStore;

import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;
import io.github.tursospring.auditlog.internal.follow.InMemoryAuditLogCheckpointStore;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.TursoFollowProperties;

/**
 * Stores of positions, imported in this order by
 * {@link CheckpointStoreAutoConfiguration}.
 */
abstract class CheckpointStoreConfigurations {

	/**
	 * First, since the directory has no other purpose.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnDirectoryCondition.class)
	@ConditionalOnMissingBean(AuditLogCheckpointStore.class)
	static class InFiles {

		@Bean
		FileAuditLogCheckpointStore auditLogCheckpointStore(TursoFollowProperties properties) {
			String directory = Objects.requireNonNull(properties.getFile().getDirectory(), "directory");
			try {
				return new FileAuditLogCheckpointStore(Path.of(directory));
			}
			catch (UncheckedIOException ex) {
				throw new TursoConfigurationException(
						"The checkpoint directory '" + directory + "' is not writable: " + ex.getCause() + ".",
						"Set '" + OnDirectoryCondition.KEY + "' to a directory that this process may create or write.",
						ex);
			}
		}

	}

	/**
	 * In the application's database.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcClient.class, PropertiesBasedDataSourceScriptDatabaseInitializer.class,
			OnDatabaseInitializationCondition.class })
	@ConditionalOnSingleCandidate(DataSource.class)
	@ConditionalOnMissingBean(AuditLogCheckpointStore.class)
	@EnableConfigurationProperties(TursoFollowJdbcProperties.class)
	@Import(DatabaseInitializationDependencyConfigurer.class)
	@ImportRuntimeHints(CheckpointStoreRuntimeHints.class)
	static class InDatabase {

		@Bean
		@ConditionalOnMissingBean
		@Conditional(OnCheckpointDatabaseInitializationCondition.class)
		CheckpointStoreScriptDatabaseInitializer auditLogCheckpointStoreScriptDatabaseInitializer(DataSource dataSource,
				TursoFollowJdbcProperties properties) {
			return new CheckpointStoreScriptDatabaseInitializer(dataSource, properties);
		}

		@Bean
		@DependsOnDatabaseInitialization
		JdbcAuditLogCheckpointStore auditLogCheckpointStore(DataSource dataSource,
				TursoFollowJdbcProperties properties) {
			return new JdbcAuditLogCheckpointStore(dataSource, properties.getTableName());
		}

		static class OnCheckpointDatabaseInitializationCondition extends OnDatabaseInitializationCondition {

			OnCheckpointDatabaseInitializationCondition() {
				super("Audit Log Checkpoint", "turso.audit-logs.follow.jdbc.initialize-schema");
			}

		}

	}

	/**
	 * In-memory fallback.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(AuditLogCheckpointStore.class)
	static class InMemory {

		private static final Log logger = LogFactory.getLog(CheckpointStoreAutoConfiguration.class);

		@Bean
		InMemoryAuditLogCheckpointStore auditLogCheckpointStore() {
			logger.warn("Positions of audit logs are stored in memory only: after a restart, followers start"
					+ " again at 'turso.audit-logs.follow.start-time', and instances do not share positions. To store"
					+ " positions, set 'turso.audit-logs.follow.file.directory', configure a DataSource, or"
					+ " declare a bean of type AuditLogCheckpointStore");
			return new InMemoryAuditLogCheckpointStore();
		}

	}

	/**
	 * Matches when a directory is set and not empty.
	 */
	static class OnDirectoryCondition extends SpringBootCondition {

		private static final String KEY = "turso.audit-logs.follow.file.directory";

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			ConditionMessage.Builder message = ConditionMessage.forCondition("Audit Log Checkpoint Directory");
			return StringUtils.hasText(context.getEnvironment().getProperty(KEY))
					? ConditionOutcome.match(message.foundExactly(KEY))
					: ConditionOutcome.noMatch(message.didNotFind("property").items(KEY));
		}

	}

}
