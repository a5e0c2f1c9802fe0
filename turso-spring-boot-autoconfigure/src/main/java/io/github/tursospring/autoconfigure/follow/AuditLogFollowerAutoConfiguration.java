package io.github.tursospring.autoconfigure.follow;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

import net.javacrumbs.shedlock.core.LockProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogFollower;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointListener;
import io.github.tursospring.auditlog.follow.FollowerLock;
import io.github.tursospring.auditlog.follow.FollowerSettings;
import io.github.tursospring.auditlog.follow.HandlerDelivery;
import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.PageDelivery;
import io.github.tursospring.auditlog.follow.ShedLockFollowerLock;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;
import io.github.tursospring.auditlog.follow.TransactionalDelivery;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.autoconfigure.TursoProperties;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link AuditLogFollower}, where
 * there is a handler for what it delivers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { TursoAutoConfiguration.class, CheckpointStoreAutoConfiguration.class },
		afterName = { "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration" })
@ConditionalOnAuditLogHandler
@ConditionalOnSingleCandidate(AuditLogClient.class)
@EnableConfigurationProperties(TursoFollowProperties.class)
@Import({ AuditLogFollowerAutoConfiguration.ShedLockConfiguration.class,
		AuditLogFollowerAutoConfiguration.TransactionalConfiguration.class,
		AuditLogFollowerAutoConfiguration.HandlerConfiguration.class })
public final class AuditLogFollowerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AuditLogFollower auditLogFollower(AuditLogClient client, AuditLogCheckpointStore store,
			ObjectProvider<PageDelivery> delivery, ObjectProvider<FollowerLock> lock,
			ObjectProvider<CheckpointListener> listeners, TursoConnectionDetails connectionDetails,
			TursoProperties properties, TursoFollowProperties follow) {
		TursoFollowProperties.Backoff backoff = follow.getBackoff();
		FollowerSettings settings = new FollowerSettings(startTime(follow.getStartTime()), backoff.getDelay(),
				backoff.getMultiplier(), backoff.getMaxDelay());
		return new AuditLogFollower(organizations(properties, connectionDetails), client, store,
				delivery.getIfAvailable(AuditLogFollowerAutoConfiguration::noDelivery),
				lock.getIfAvailable(() -> FollowerLock.ALONE), settings, all(listeners));
	}

	private static List<String> organizations(TursoProperties properties, TursoConnectionDetails connectionDetails) {
		List<String> organizations = properties.getAuditLogs().getFollow().getOrganizations();
		if (!organizations.isEmpty()) {
			return organizations;
		}
		String organization = connectionDetails.getOrganization();
		if (organization == null) {
			throw new TursoConfigurationException("No organization is configured whose audit log to follow.",
					"Set 'turso.audit-logs.follow.organizations' to the slugs of the organizations to follow, or"
							+ " 'turso.organization' to that of the only one.");
		}
		return List.of(organization);
	}

	private static @Nullable Instant startTime(String startTime) {
		try {
			return switch (startTime.strip()) {
				case "oldest" -> null;
				case "now" -> Clock.systemUTC().instant();
				default -> Instant.parse(startTime.strip());
			};
		}
		catch (DateTimeException ex) {
			throw new TursoConfigurationException("'" + startTime + "' is not a time to start following at.",
					"Set 'turso.audit-logs.follow.start-time' to 'oldest', 'now', or a time such as"
							+ " 2026-01-31T00:00:00Z.");
		}
	}

	private static CheckpointListener all(ObjectProvider<CheckpointListener> listeners) {
		List<CheckpointListener> each = listeners.orderedStream().toList();
		return (organization, failure) -> each.forEach((listener) -> listener.onFailure(organization, failure));
	}

	private static void checkThatNone(ObjectProvider<?> otherHandlers) {
		if (otherHandlers.stream().findAny().isPresent()) {
			throw new TursoConfigurationException(
					"There are both an AuditLogHandler and a TransactionalAuditLogHandler, and a page is delivered to one"
							+ " of them.",
					"Declare only one of them: to do both, do both in one handler.");
		}
	}

	private static PageDelivery noDelivery() {
		throw new TursoConfigurationException(
				"There is a TransactionalAuditLogHandler, but no transaction to call it in.",
				"Configure a DataSource with its transaction manager, and leave"
						+ " 'turso.audit-logs.follow.file.directory' unset; or declare an AuditLogHandler, which needs"
						+ " neither.");
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LockProvider.class)
	@ConditionalOnMissingBean(FollowerLock.class)
	static class ShedLockConfiguration {

		@Bean
		@ConditionalOnSingleCandidate(LockProvider.class)
		ShedLockFollowerLock auditLogFollowerLock(LockProvider lockProvider, TursoFollowProperties properties) {
			return new ShedLockFollowerLock(lockProvider, properties.getLockAtMostFor());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcClient.class, PlatformTransactionManager.class })
	@ConditionalOnBean({ TransactionalAuditLogHandler.class, JdbcAuditLogCheckpointStore.class })
	@ConditionalOnMissingBean(PageDelivery.class)
	static class TransactionalConfiguration {

		@Bean
		@ConditionalOnSingleCandidate(PlatformTransactionManager.class)
		TransactionalDelivery transactionalAuditLogDelivery(TransactionalAuditLogHandler handler,
				JdbcAuditLogCheckpointStore store, PlatformTransactionManager transactionManager,
				ObjectProvider<AuditLogHandler> otherHandlers, ObjectProvider<CheckpointListener> listeners) {
			checkThatNone(otherHandlers);
			return new TransactionalDelivery(handler, store, new TransactionTemplate(transactionManager),
					all(listeners));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(AuditLogHandler.class)
	@ConditionalOnMissingBean(PageDelivery.class)
	static class HandlerConfiguration {

		@Bean
		HandlerDelivery auditLogDelivery(AuditLogHandler handler, AuditLogCheckpointStore store,
				ObjectProvider<TransactionalAuditLogHandler> otherHandlers,
				ObjectProvider<CheckpointListener> listeners) {
			checkThatNone(otherHandlers);
			return new HandlerDelivery(handler, store, all(listeners));
		}

	}

}
