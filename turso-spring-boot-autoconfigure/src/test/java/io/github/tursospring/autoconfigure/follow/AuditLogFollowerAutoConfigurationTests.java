package io.github.tursospring.autoconfigure.follow;

import java.util.List;
import java.util.Optional;

import net.javacrumbs.shedlock.core.LockProvider;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogFollower;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.HandlerDelivery;
import io.github.tursospring.auditlog.follow.PageDelivery;
import io.github.tursospring.auditlog.follow.ShedLockFollowerLock;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;
import io.github.tursospring.auditlog.follow.TransactionalDelivery;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AuditLogFollowerAutoConfiguration}.
 */
class AuditLogFollowerAutoConfigurationTests {

	private static final AuditLogHandler HANDLER = (page) -> Mono.empty();

	private static final TransactionalAuditLogHandler TRANSACTIONAL = (organization, page) -> {
	};

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("turso.api-token=secret-token", "turso.organization=acme")
		.withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
				CheckpointStoreAutoConfiguration.class, TursoAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withBean(AuditLogClient.class, AuditLogFollowerAutoConfigurationTests::silentClient);

	private final ApplicationContextRunner withHandler = this.runner.withBean(AuditLogHandler.class, () -> HANDLER)
		.withPropertyValues("turso.audit-logs.follow.organizations=acme");

	private final ApplicationContextRunner withDatabase = this.runner
		.withPropertyValues("turso.audit-logs.follow.organizations=acme")
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				JdbcClientAutoConfiguration.class));

	@Test
	void runWithoutHandlerShouldNotFollow() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditLogFollower.class));
	}

	@Test
	void runWithHandlerShouldFollow() {
		this.withHandler.run((context) -> {
			assertThat(context).hasSingleBean(AuditLogFollower.class).hasSingleBean(HandlerDelivery.class);
			assertThat(context.getBean(AuditLogFollower.class).isRunning()).isTrue();
			assertThat(context.getBean(AuditLogFollower.class).status()).containsOnlyKeys("acme");
		});
	}

	@Test
	void runWhenDisabledShouldNotFollow() {
		this.withHandler.withPropertyValues("turso.audit-logs.follow.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AuditLogFollower.class));
	}

	@Test
	void runWithSeveralOrganizationsShouldFollowEach() {
		this.withHandler.withPropertyValues("turso.audit-logs.follow.organizations=acme,globex")
			.run((context) -> assertThat(context.getBean(AuditLogFollower.class).status()).containsOnlyKeys("acme",
					"globex"));
	}

	@Test
	void runWithOrganizationsButNoDefaultShouldFollow() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
				CheckpointStoreAutoConfiguration.class, TursoAutoConfiguration.class, WebClientAutoConfiguration.class))
			.withPropertyValues("turso.api-token=secret-token", "turso.audit-logs.follow.organizations=globex",
					"turso.base-url=http://127.0.0.1:9")
			.withBean(AuditLogHandler.class, () -> HANDLER)
			.run((context) -> assertThat(context.getBean(AuditLogFollower.class).status()).containsOnlyKeys("globex"));
	}

	@Test
	void runWithBadStartTimeShouldNameTheKey() {
		this.withHandler.withPropertyValues("turso.audit-logs.follow.start-time=yesterday")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("turso.audit-logs.follow.start-time"));
	}

	@Test
	void runWithLockProviderShouldLock() {
		LockProvider lockProvider = (configuration) -> Optional.empty();
		this.withHandler.withBean(LockProvider.class, () -> lockProvider)
			.run((context) -> assertThat(context).hasSingleBean(ShedLockFollowerLock.class));
	}

	@Test
	void runWithoutShedLockShouldNotFail() {
		this.withHandler.withClassLoader(new FilteredClassLoader("net.javacrumbs.shedlock"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(AuditLogFollower.class));
	}

	@Test
	void runWithoutJdbcShouldNotFail() {
		this.withHandler
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.transaction"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(AuditLogFollower.class));
	}

	@Test
	void runWithTransactionalHandlerShouldDeliverInTransactions() {
		this.withDatabase.withBean(TransactionalAuditLogHandler.class, () -> TRANSACTIONAL)
			.run((context) -> assertThat(context).hasSingleBean(TransactionalDelivery.class)
				.hasSingleBean(PageDelivery.class)
				.hasSingleBean(AuditLogFollower.class));
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
	void runWithBothHandlersShouldSaySo() {
		for (ApplicationContextRunner each : List.of(this.runner, this.withDatabase)) {
			each.withBean(AuditLogHandler.class, () -> HANDLER)
				.withBean(TransactionalAuditLogHandler.class, () -> TRANSACTIONAL)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(TursoConfigurationException.class)
					.hasMessageContaining("both an AuditLogHandler and a TransactionalAuditLogHandler"));
		}
	}

	@Test
	void runWithBothHandlersAndDeliveryShouldLeaveThemToIt() {
		PageDelivery delivery = (organization, previousToken, page) -> Mono.just(true);
		this.withHandler.withBean(TransactionalAuditLogHandler.class, () -> TRANSACTIONAL)
			.withBean(PageDelivery.class, () -> delivery)
			.run((context) -> assertThat(context).hasSingleBean(AuditLogFollower.class)
				.getBean(PageDelivery.class)
				.isSameAs(delivery));
	}

	private static AuditLogClient silentClient() {
		AuditLogClient client = mock(AuditLogClient.class);
		given(client.follow(any(AuditLogQuery.class))).willReturn(Flux.never());
		return client;
	}

}
