package io.github.tursospring.autoconfigure.follow;

import java.time.Instant;
import java.util.Map;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import java.util.List;
import java.util.Optional;

import net.javacrumbs.shedlock.core.LockProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.transaction.PlatformTransactionManager;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;
import io.github.tursospring.auditlog.internal.follow.InMemoryAuditLogCheckpointStore;
import io.github.tursospring.auditlog.internal.follow.ManagedFollowers;
import io.github.tursospring.auditlog.internal.follow.ShedLockFollowerLock;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link AuditLogFollowerAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AuditLogFollowerAutoConfigurationTests {

	private static final AuditLogHandler HANDLER = (organization, page) -> Mono.empty();

	private static final TransactionalAuditLogHandler TRANSACTIONAL = (organization, page) -> {
	};

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme")
		.withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
				CheckpointStoreAutoConfiguration.class, TursoAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withBean(AuditLogClient.class, AuditLogFollowerAutoConfigurationTests::silentClient);

	private final ApplicationContextRunner withHandler = this.runner
		.withBean("alerts", AuditLogHandler.class, () -> HANDLER)
		.withPropertyValues("turso.audit-logs.follow.organizations=acme");

	private final ApplicationContextRunner withDatabase = this.runner
		.withPropertyValues("turso.audit-logs.follow.organizations=acme")
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				JdbcClientAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(strings = { "turso.audit-logs.follow.organizations",
			"turso.audit-logs.follow.followers.alerts.organizations" })
	void runWithInvalidOrganizationShouldNameTheKey(String key) {
		this.withHandler.withPropertyValues(key + "=acme,,Globex Corp")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.cause()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContainingAll("'" + key + "'", "not ''"));
	}

	@Test
	void runWithoutHandlerShouldNotFollow() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ManagedFollowers.class));
	}

	@Test
	void runWithHandlerShouldFollow() {
		this.withHandler.run((context) -> {
			assertThat(context).hasSingleBean(AuditLogFollowers.class);
			assertThat(context.getBean(ManagedFollowers.class).isRunning()).isTrue();
			assertThat(keys(context)).extracting(CheckpointKey::organization).containsExactly("acme");
		});
	}

	@Test
	void runWithMockOfHandlerShouldFollow() {
		this.withDatabase.withBean("alerts", AuditLogHandler.class, () -> mock(AuditLogHandler.class))
			.withBean("archive", TransactionalAuditLogHandler.class, () -> mock(TransactionalAuditLogHandler.class))
			.run((context) -> assertThat(keys(context)).extracting(CheckpointKey::follower)
				.containsExactly("alerts", "archive"));
	}

	@Test
	void runWithScopedHandlerShouldFollowOnce() {
		this.runner.withUserConfiguration(ScopedHandler.class)
			.run((context) -> assertThat(keys(context)).containsExactly(new CheckpointKey("alerts", "acme")));
	}

	@Test
	void runWithHandlerInParentShouldFollow() {
		new ApplicationContextRunner().withBean("alerts", AuditLogHandler.class, () -> HANDLER)
			.run((parent) -> this.runner.withParent(parent)
				.run((context) -> assertThat(keys(context)).containsExactly(new CheckpointKey("alerts", "acme"))));
	}

	@Test
	void runWithHandlerInContextWhoseParentFollowsShouldFailAndSaySo() {
		this.withHandler.run((parent) -> this.runner.withParent(parent)
			.withBean("archive", AuditLogHandler.class, () -> HANDLER)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContaining("'archive'")));
	}

	/** The parent's bean of that name is no handler. */
	@Test
	void runWithHandlerNamedLikeAnotherBeanOfParentThatFollowsShouldFailAndSaySo() {
		this.withHandler.withBean("archive", String.class, () -> "zip")
			.run((parent) -> this.runner.withParent(parent)
				.withBean("archive", AuditLogHandler.class, () -> HANDLER)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(TursoConfigurationException.class)
					.hasMessageContaining("'archive'")));
	}

	@Test
	void runInContextWhoseParentFollowsShouldNotFollowAgain() {
		this.withHandler.run((parent) -> this.runner.withParent(parent)
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(AuditLogFollowers.class)
				.isSameAs(parent.getBean(AuditLogFollowers.class))));
	}

	@Test
	void runWithSettingsFromSeveralSourcesShouldMergeThem() {
		this.runner.withBean("myAlerts", AuditLogHandler.class, () -> HANDLER)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
						Map.of("TURSO_AUDITLOGS_FOLLOW_FOLLOWERS_MYALERTS_POLLINTERVAL", "7s"))))
			.withPropertyValues("turso.audit-logs.follow.followers.my-alerts.organizations=globex")
			.run((context) -> assertThat(keys(context)).containsExactly(new CheckpointKey("myAlerts", "globex")));
	}

	@Test
	void runWithSeveralClientsShouldFailAndSaySo() {
		this.withHandler.withBean("other", AuditLogClient.class, AuditLogFollowerAutoConfigurationTests::silentClient)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContaining("AuditLogClient")
				.hasMessageContaining("@Primary"));
	}

	@Test
	void runWhenDisabledShouldNotFollow() {
		this.withHandler.withPropertyValues("turso.audit-logs.follow.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ManagedFollowers.class));
	}

	@Test
	void runWithSeveralOrganizationsShouldFollowEach() {
		this.withHandler.withPropertyValues("turso.audit-logs.follow.organizations=acme,globex")
			.run((context) -> assertThat(keys(context)).extracting(CheckpointKey::organization)
				.containsExactly("acme", "globex"));
	}

	@Test
	void runWithOrganizationsButNoDefaultShouldFollow() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
				CheckpointStoreAutoConfiguration.class, TursoAutoConfiguration.class, WebClientAutoConfiguration.class))
			.withPropertyValues("turso.api-token=secret-token", "turso.audit-logs.follow.organizations=globex",
					"turso.base-url=http://127.0.0.1:9")
			.withBean("alerts", AuditLogHandler.class, () -> HANDLER)
			.run((context) -> assertThat(keys(context)).extracting(CheckpointKey::organization)
				.containsExactly("globex"));
	}

	@Test
	void runWithBadStartTimeShouldNameTheKey() {
		this.withHandler.withPropertyValues("turso.audit-logs.follow.start-time=yesterday")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("turso.audit-logs.follow.start-time"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "start-time", "followers.alerts.start-time" })
	void runWithStartTimeInTheFutureShouldNameTheKey(String key) {
		this.withHandler.withPropertyValues("turso.audit-logs.follow." + key + "=2100-01-01T00:00:00Z")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContaining("'turso.audit-logs.follow." + key + "'")
				.hasMessageContaining("2100-01-01T00:00:00Z")
				.hasMessageContaining("in the future")
				.hasMessageContaining("'now'"));
	}

	@Test
	void runWithQueryThatStartsInTheFutureShouldNameTheHandler() {
		this.runner.withPropertyValues("turso.audit-logs.follow.organizations=acme")
			.withBean("alerts", AuditLogHandler.class,
					() -> handlerOf(AuditLogQuery.builder().startTime(Instant.parse("2100-01-01T00:00:00Z")).build()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("handler 'alerts'")
				.hasMessageContaining("in the future"));
	}

	@Test
	void runWithLockProviderShouldLock() {
		LockProvider lockProvider = (configuration) -> Optional.empty();
		this.withHandler.withBean(LockProvider.class, () -> lockProvider)
			.run((context) -> assertThat(context).hasSingleBean(ShedLockFollowerLock.class));
	}

	/** Without a lock, each replica would deliver each page. */
	@Test
	void runWithSeveralLockProvidersShouldFailAndSaySo() {
		LockProvider lockProvider = (configuration) -> Optional.empty();
		this.withHandler.withBean("one", LockProvider.class, () -> lockProvider)
			.withBean("other", LockProvider.class, () -> lockProvider)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContaining("LockProvider")
				.hasMessageContaining("@Primary"));
	}

	@Test
	void runWithoutShedLockShouldNotFail() {
		this.withHandler.withClassLoader(new FilteredClassLoader("net.javacrumbs.shedlock"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ManagedFollowers.class));
	}

	@Test
	void runWithoutJdbcShouldNotFail() {
		this.withHandler
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.transaction"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ManagedFollowers.class));
	}

	@Test
	void runWithTransactionalHandlerShouldDeliverInTransactions() {
		this.withDatabase.withBean(TransactionalAuditLogHandler.class, () -> TRANSACTIONAL)
			.run((context) -> assertThat(context).hasSingleBean(TransactionalDeliveries.class)
				.hasSingleBean(ManagedFollowers.class));
	}

	@Test
	void runWithTransactionalHandlerWithoutDatabaseShouldSaySo() {
		this.runner.withBean(TransactionalAuditLogHandler.class, () -> TRANSACTIONAL)
			.withPropertyValues("turso.audit-logs.follow.organizations=acme")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("TransactionalAuditLogHandler")
				.hasMessageContaining("DataSource"));
	}

	@Test
	void runWithTransactionalHandlerAndSeveralTransactionManagersShouldSaySo() {
		this.withDatabase.withBean(TransactionalAuditLogHandler.class, () -> TRANSACTIONAL)
			.withBean("one", PlatformTransactionManager.class, () -> mock(PlatformTransactionManager.class))
			.withBean("other", PlatformTransactionManager.class, () -> mock(PlatformTransactionManager.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContaining("@Primary"));
	}

	@Test
	void runWithHandlersOfBothKindsShouldFollowWithEachByItsName() {
		this.withDatabase.withBean("alerts", AuditLogHandler.class, () -> HANDLER)
			.withBean("siem", AuditLogHandler.class, () -> HANDLER)
			.withBean("archive", TransactionalAuditLogHandler.class, () -> TRANSACTIONAL)
			.run((context) -> assertThat(keys(context)).extracting(CheckpointKey::follower)
				.containsExactly("alerts", "archive", "siem"));
	}

	@Test
	void runWhenFollowerHasOwnSettingsShouldApplyThem() {
		AuditLogClient client = silentClient();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
					CheckpointStoreAutoConfiguration.class, TursoAutoConfiguration.class,
					WebClientAutoConfiguration.class))
			.withBean(AuditLogClient.class, () -> client)
			.withBean("alertsHandler", AuditLogHandler.class,
					() -> handlerOf(AuditLogQuery.builder().code("db-delete").startTime(Instant.EPOCH).build()))
			.withBean("siem", AuditLogHandler.class, () -> HANDLER)
			.withBean("off", AuditLogHandler.class, () -> HANDLER)
			.withPropertyValues("turso.audit-logs.follow.organizations=acme",
					"turso.audit-logs.follow.start-time=2026-01-01T00:00:00Z",
					"turso.audit-logs.follow.followers.alerts-handler.organizations=globex,initech",
					"turso.audit-logs.follow.followers.siem.start-time=2026-02-01T00:00:00Z",
					"turso.audit-logs.follow.followers.off.enabled=false")
			.run((context) -> {
				assertThat(keys(context)).containsExactly(new CheckpointKey("alertsHandler", "globex"),
						new CheckpointKey("alertsHandler", "initech"), new CheckpointKey("siem", "acme"));
				ArgumentCaptor<AuditLogQuery> queries = ArgumentCaptor.forClass(AuditLogQuery.class);
				verify(client, timeout(10_000).times(3)).follow(queries.capture());
				assertThat(queries.getAllValues()).filteredOn((query) -> "globex".equals(query.organization()))
					.singleElement()
					.satisfies((query) -> {
						assertThat(query.codes()).containsExactly("db-delete");
						assertThat(query.startTime()).isEqualTo(Instant.EPOCH);
					});
				assertThat(queries.getAllValues()).filteredOn((query) -> "acme".equals(query.organization()))
					.singleElement()
					.satisfies((query) -> assertThat(query.startTime()).isEqualTo("2026-02-01T00:00:00Z"));
			});
	}

	@Test
	void runWithSettingsOfAnUnknownFollowerShouldSaySo(CapturedOutput output) {
		this.withHandler.withPropertyValues("turso.audit-logs.follow.followers.alert.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).containsPattern(
					"WARN .*'turso.audit-logs.follow.followers.alert' matches no follower and is ignored.*\\[alerts\\]");
		});
	}

	@ParameterizedTest
	@CsvSource({ "poll-interval, 30", "poll-interval, 0s", "poll-interval, -1s", "lookback, -1s", "backoff.delay, 0s",
			"backoff.delay, -5s", "backoff.multiplier, 0", "backoff.multiplier, NaN", "backoff.max-delay, 10ms",
			"lock-at-most-for, 0s", "handler-timeout, 0s", "followers.alerts.poll-interval, 0s",
			"followers.alerts.handler-timeout, 0s" })
	void runWithValueOutOfRangeShouldNameKeyAndRange(String key, String value) {
		LockProvider lockProvider = (configuration) -> Optional.empty();
		this.withHandler.withBean(LockProvider.class, () -> lockProvider)
			.withPropertyValues("turso.audit-logs.follow." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContaining("'turso.audit-logs.follow." + key + "'")
				.hasMessageMatching("(?s).* from \\S+ to \\S+.*"));
	}

	@Test
	void runWithQueryThatCannotBeFollowedShouldNameTheHandler() {
		this.runner.withPropertyValues("turso.audit-logs.follow.organizations=acme")
			.withBean("alerts", AuditLogHandler.class,
					() -> handlerOf(AuditLogQuery.builder().endTime(Instant.EPOCH).build()))
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("handler 'alerts'"));
	}

	private static AuditLogHandler handlerOf(AuditLogQuery query) {
		return new AuditLogHandler() {

			@Override
			public Mono<Void> handle(String organization, AuditLogPage page) {
				return Mono.empty();
			}

			@Override
			public AuditLogQuery query() {
				return query;
			}

		};
	}

	@Test
	void runWithPositionOfAFollowerThatIsNoBeanShouldReportIt(CapturedOutput output) {
		InMemoryAuditLogCheckpointStore store = new InMemoryAuditLogCheckpointStore();
		store.save(new CheckpointKey("renamed", "acme"), null, "a").block();
		store.save(new CheckpointKey("alerts", "acme"), null, "a").block();
		store.save(new CheckpointKey("off", "acme"), null, "a").block();
		this.withHandler.withBean(AuditLogCheckpointStore.class, () -> store)
			.withBean("off", AuditLogHandler.class, () -> HANDLER)
			.withPropertyValues("turso.audit-logs.follow.followers.off.enabled=false")
			.run((context) -> assertThat(output)
				.containsPattern("WARN .*position of follower 'renamed' of organization 'acme' in memory")
				.doesNotContain("position of follower 'alerts'", "position of follower 'off'"));
	}

	@Test
	void runWithoutTableShouldFailAtStartAndSayHowToCreateIt() {
		this.withDatabase.withBean("alerts", AuditLogHandler.class, () -> HANDLER)
			.withPropertyValues("turso.audit-logs.follow.jdbc.initialize-schema=never")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(TursoConfigurationException.class)
				.hasMessageContaining("no table 'turso_audit_log_checkpoint'")
				.hasMessageContaining("turso.audit-logs.follow.jdbc.initialize-schema"));
	}

	private static List<CheckpointKey> keys(ApplicationContext context) {
		return context.getBean(AuditLogFollowers.class).statuses().stream().map(FollowerStatus::key).toList();
	}

	private static AuditLogClient silentClient() {
		AuditLogClient client = mock(AuditLogClient.class);
		given(client.follow(any(AuditLogQuery.class))).willReturn(Flux.never());
		return client;
	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedHandler {

		@Bean
		@Scope(scopeName = ConfigurableBeanFactory.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.INTERFACES)
		AuditLogHandler alerts() {
			return HANDLER;
		}

	}

}
