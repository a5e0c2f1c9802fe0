package io.github.tursospring.autoconfigure.follow;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import net.javacrumbs.shedlock.core.LockProvider;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
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
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;
import io.github.tursospring.auditlog.internal.follow.Follower;
import io.github.tursospring.auditlog.internal.follow.FollowerEnvironment;
import io.github.tursospring.auditlog.internal.follow.FollowerLock;
import io.github.tursospring.auditlog.internal.follow.ManagedFollowers;
import io.github.tursospring.auditlog.internal.follow.ShedLockFollowerLock;
import io.github.tursospring.auditlog.internal.follow.TransactionalDelivery;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.autoconfigure.TursoFollowProperties;
import io.github.tursospring.autoconfigure.TursoProperties;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link AuditLogFollowers}: each
 * bean that is an {@link AuditLogHandler} or a {@link TransactionalAuditLogHandler} is a
 * follower, named after the bean. An auto-configuration that contributes a handler has to
 * come before {@link CheckpointStoreAutoConfiguration}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { TursoAutoConfiguration.class, CheckpointStoreAutoConfiguration.class },
		afterName = { "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration" })
@ConditionalOnAuditLogHandler
@ConditionalOnBean(AuditLogClient.class)
@EnableConfigurationProperties({ TursoFollowProperties.class, TursoProperties.class })
@Import({ AuditLogFollowerAutoConfiguration.ParentConfiguration.class,
		AuditLogFollowerAutoConfiguration.ShedLockConfiguration.class,
		AuditLogFollowerAutoConfiguration.TransactionalConfiguration.class })
public final class AuditLogFollowerAutoConfiguration {

	@Bean
	FollowerSettingsMapper auditLogFollowerSettings(TursoFollowProperties properties, TursoProperties turso) {
		return new FollowerSettingsMapper(properties, turso.getRetry().getMaxRetryAfter());
	}

	@Bean
	@ConditionalOnMissingBean(AuditLogFollowers.class)
	ManagedFollowers auditLogFollowers(ListableBeanFactory beans, ObjectProvider<AuditLogClient> clients,
			AuditLogCheckpointStore store, TursoFollowProperties properties, FollowerSettingsMapper settings,
			ObjectProvider<TransactionalDeliveries> transactional, ObjectProvider<FollowerLock> lock,
			ObjectProvider<TursoConnectionDetails> connectionDetails) {
		List<Follower> followers = new FollowerFactory(properties, settings, store, transactional.getIfAvailable(),
				connectionDetails.getIfAvailable())
			.create(handlers(beans, AuditLogHandler.class), handlers(beans, TransactionalAuditLogHandler.class));
		return new ManagedFollowers(followers, new FollowerEnvironment(client(clients), store,
				lock.getIfAvailable(() -> FollowerLock.NONE), Clock.systemUTC()));
	}

	private static AuditLogClient client(ObjectProvider<AuditLogClient> clients) {
		AuditLogClient client = clients.getIfUnique();
		if (client == null) {
			throw new TursoConfigurationException("There are several AuditLogClient beans for followers to read with.",
					"Mark the one to follow with as @Primary, or set 'turso.audit-logs.follow.enabled' to 'false'.");
		}
		return client;
	}

	/**
	 * Handlers may be in a parent context, which does not follow by itself. Behind the
	 * proxy of a scoped bean is a second one, which is no handler of its own.
	 */
	private static <T> Map<String, T> handlers(ListableBeanFactory beans, Class<T> type) {
		Map<String, T> handlers = new TreeMap<>(BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, type));
		handlers.keySet().removeIf(ScopedProxyUtils::isScopedTarget);
		return handlers;
	}

	@Bean
	CheckpointStoreCheck auditLogCheckpointStoreCheck(AuditLogCheckpointStore store, FollowerSettingsMapper settings,
			AuditLogFollowers followers) {
		return new CheckpointStoreCheck(store, settings,
				() -> followers.statuses().stream().map(FollowerStatus::key).collect(Collectors.toSet()));
	}

	/**
	 * Fails if the context has handlers, but its parent follows, so that they would not
	 * be called. Both may have the same ones, as they have the same properties.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ParentConfiguration {

		ParentConfiguration(ListableBeanFactory beans) {
			if (beans instanceof HierarchicalBeanFactory child
					&& child.getParentBeanFactory() instanceof ListableBeanFactory parent && follows(parent)) {
				Stream.of(AuditLogHandler.class, TransactionalAuditLogHandler.class)
					.flatMap((type) -> Stream.of(beans.getBeanNamesForType(type))
						.filter((handler) -> !parent.containsBean(handler) || !parent.isTypeMatch(handler, type)))
					.findFirst()
					.ifPresent(ParentConfiguration::fail);
			}
		}

		private static boolean follows(ListableBeanFactory beans) {
			return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, AuditLogFollowers.class).length > 0;
		}

		private static void fail(String handler) {
			throw new TursoConfigurationException(
					"The handler '" + handler
							+ "' would not be called: followers are already in a parent of its application context.",
					"Declare all handlers in the same application context.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LockProvider.class)
	static class ShedLockConfiguration {

		@Bean
		@ConditionalOnBean(LockProvider.class)
		ShedLockFollowerLock auditLogFollowerLock(ObjectProvider<LockProvider> lockProviders,
				FollowerSettingsMapper settings) {
			LockProvider lockProvider = lockProviders.getIfUnique();
			if (lockProvider == null) {
				throw new TursoConfigurationException(
						"There are several LockProvider beans for followers to lock with.",
						"Mark the one to use as @Primary: without a lock, each replica would deliver each page.");
			}
			return new ShedLockFollowerLock(lockProvider, settings.lockAtMostFor());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcClient.class, PlatformTransactionManager.class })
	@ConditionalOnBean({ TransactionalAuditLogHandler.class, JdbcAuditLogCheckpointStore.class })
	static class TransactionalConfiguration {

		@Bean
		@ConditionalOnSingleCandidate(PlatformTransactionManager.class)
		TransactionalDeliveries transactionalAuditLogDeliveries(JdbcAuditLogCheckpointStore store,
				PlatformTransactionManager transactionManager) {
			return (handler, timeout) -> new TransactionalDelivery(handler, store,
					new TransactionTemplate(transactionManager), timeout);
		}

	}

}
