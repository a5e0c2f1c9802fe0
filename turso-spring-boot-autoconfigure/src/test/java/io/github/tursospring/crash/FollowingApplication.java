package io.github.tursospring.crash;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;

/**
 * Follows a log into a table, in a process of its own that tests kill.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(FollowingApplication.Followers.class)
class FollowingApplication {

	public static void main(String[] args) {
		SpringApplication.run(FollowingApplication.class, args);
	}

	@Bean
	AuditLogHandler failing() {
		return (organization, page) -> Mono.error(new IllegalStateException("fails for ever"));
	}

	@Bean
	@ConditionalOnBooleanProperty("locking")
	LockProvider lockProvider(DataSource dataSource) {
		return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(new JdbcTemplate(dataSource))
			.usingDbTime()
			.build());
	}

	/**
	 * Registers {@code transactional-1}, {@code plain-1}, {@code transactional-2} and so
	 * on, as many of each as the property {@code followers} says.
	 */
	static class Followers implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			for (int i = 1; i <= environment.getRequiredProperty("followers", Integer.class); i++) {
				String transactional = "transactional-" + i;
				registry.registerBean(transactional, TransactionalAuditLogHandler.class,
						(spec) -> spec.supplier((context) -> {
							JdbcClient jdbcClient = context.bean(JdbcClient.class);
							return (organization, page) -> insert(jdbcClient, transactional, page);
						}));
				String plain = "plain-" + i;
				registry.registerBean(plain, AuditLogHandler.class, (spec) -> spec.supplier((context) -> {
					JdbcClient jdbcClient = context.bean(JdbcClient.class);
					return (organization, page) -> Mono.fromRunnable(() -> insert(jdbcClient, plain, page));
				}));
			}
		}

		private static void insert(JdbcClient jdbcClient, String follower, AuditLogPage page) {
			for (AuditLog entry : page.auditLogs()) {
				jdbcClient.sql("insert into delivered (follower, message, page, process) values (?, ?, ?, ?)")
					.params(follower, Integer.valueOf(entry.message()), page.auditLogs().get(0).message(),
							ProcessHandle.current().pid())
					.update();
			}
		}

	}

}
