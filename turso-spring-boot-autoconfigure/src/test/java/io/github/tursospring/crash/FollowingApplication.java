package io.github.tursospring.crash;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
class FollowingApplication {

	public static void main(String[] args) {
		SpringApplication.run(FollowingApplication.class, args);
	}

	@Bean
	TransactionalAuditLogHandler transactional(JdbcClient jdbcClient) {
		return (organization, page) -> insert(jdbcClient, "transactional", page);
	}

	@Bean
	AuditLogHandler plain(JdbcClient jdbcClient) {
		return (organization, page) -> Mono.fromRunnable(() -> insert(jdbcClient, "plain", page));
	}

	@Bean("transactional-2")
	TransactionalAuditLogHandler secondTransactional(JdbcClient jdbcClient) {
		return (organization, page) -> insert(jdbcClient, "transactional-2", page);
	}

	@Bean("plain-2")
	AuditLogHandler secondPlain(JdbcClient jdbcClient) {
		return (organization, page) -> Mono.fromRunnable(() -> insert(jdbcClient, "plain-2", page));
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

	private static void insert(JdbcClient jdbcClient, String follower, AuditLogPage page) {
		for (AuditLog entry : page.auditLogs()) {
			jdbcClient.sql("insert into delivered (follower, message, page, process) values (?, ?, ?, ?)")
				.params(follower, Integer.valueOf(entry.message()), page.auditLogs().get(0).message(),
						ProcessHandle.current().pid())
				.update();
		}
	}

}
