package io.github.tursospring.docs;

import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogCode;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;

/**
 * The code of {@code docs/guide/following.md}.
 */
class FollowingGuide {

	// @formatter:off
	@Component
	static class Alerts implements AuditLogHandler {

		@Override
		public Mono<Void> handle(String organization, AuditLogPage page) {
			return Flux.fromIterable(page.auditLogs()).concatMap((entry) -> alert(organization, entry)).then();
		}

		@Override
		public AuditLogQuery query() {
			return AuditLogQuery.builder().code(AuditLogCode.DB_DELETE, AuditLogCode.GROUP_DELETE).build();
		}

		private Mono<Void> alert(String organization, AuditLog entry) {
			return Mono.just(organization + ": " + entry.message()).then();
		}

	}

	@Bean
	AuditLogHandler search(SearchIndex index) {
		return (organization, page) -> {
			index.addAll(organization, page.auditLogs());
			return Mono.empty();
		};
	}

	@Bean
	TransactionalAuditLogHandler archive(JdbcClient jdbc) {
		return (organization, page) -> page.auditLogs().forEach((entry) -> jdbc
			.sql("insert into audit_log (organization, entry_id, created_at, code, author, message) values (?, ?, ?, ?, ?, ?)")
			.params(organization, entry.id(), Timestamp.from(entry.createdAt()), Objects.toString(entry.code(), null),
					entry.author(), entry.message())
			.update());
	}

	@Bean
	LockProvider lockProvider(DataSource dataSource) {
		return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(new JdbcTemplate(dataSource))
			.usingDbTime()
			.build());
	}
	// @formatter:on

	/**
	 * A library that blocks.
	 */
	interface SearchIndex {

		void addAll(String organization, List<AuditLog> entries);

	}

}
