package io.github.tursospring.sample.archive;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The archive's database: the SQLite file {@code audit-log.db} in the working directory,
 * or what {@code spring.datasource.url} says. SQLite has one writer at a time, so its
 * pool for writing has one connection.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ArchiveProperties.class, DataSourceProperties.class })
public class ArchiveConfiguration {

	private static final String DEFAULT_URL = "jdbc:sqlite:audit-log.db";

	/** SQLite's mode of a file that is written, but not made. */
	private static final String OPEN_EXISTING = "2";

	private static final int READERS = 4;

	/** Rarer than the default, since pages that many inserts change are written once. */
	private static final int CHECKPOINT_PAGES = 16_000;

	@Bean
	@Primary
	HikariDataSource dataSource(DataSourceProperties properties, ObjectProvider<JdbcConnectionDetails> details,
			ArchiveProperties archive) {
		HikariDataSource pool = pool(properties, details.getIfAvailable());
		pool.setPoolName("archive-write");
		if (isSqlite(pool)) {
			pool.setMaximumPoolSize(1);
			if (!archive.create()) {
				pool.addDataSourceProperty("open_mode", OPEN_EXISTING);
			}
			pool.setConnectionInitSql("pragma wal_autocheckpoint = " + CHECKPOINT_PAGES);
		}
		return pool;
	}

	@Bean(defaultCandidate = false)
	@DependsOnDatabaseInitialization
	HikariDataSource readingDataSource(DataSourceProperties properties, ObjectProvider<JdbcConnectionDetails> details) {
		HikariDataSource pool = pool(properties, details.getIfAvailable());
		pool.setPoolName("archive-read");
		pool.setMaximumPoolSize(READERS);
		if (isSqlite(pool)) {
			pool.addDataSourceProperty("open_mode", OPEN_EXISTING);
			pool.setConnectionInitSql("pragma query_only = 1");
		}
		else {
			pool.setReadOnly(true);
			// The driver reads a result in parts within a transaction only
			pool.setAutoCommit(false);
		}
		return pool;
	}

	@Bean
	@DependsOnDatabaseInitialization
	ArchiveDatabase archiveDatabase(@Qualifier("readingDataSource") HikariDataSource readingDataSource) {
		return new ArchiveDatabase(readingDataSource, isSqlite(readingDataSource));
	}

	/** For PostgreSQL, which several instances can share: one of them archives. */
	@Bean
	@Conditional(OnPostgresql.class)
	LockProvider lockProvider(DataSource dataSource) {
		return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(new JdbcTemplate(dataSource))
			.usingDbTime()
			.build());
	}

	private static HikariDataSource pool(DataSourceProperties properties, @Nullable JdbcConnectionDetails details) {
		HikariDataSource pool = new HikariDataSource();
		if (properties.getUrl() == null && details != null) {
			pool.setJdbcUrl(details.getJdbcUrl());
		}
		else {
			pool.setJdbcUrl((properties.getUrl() != null) ? properties.getUrl() : DEFAULT_URL);
			pool.setUsername(properties.getUsername());
			pool.setPassword(properties.getPassword());
		}
		if (isSqlite(pool)) {
			pool.addDataSourceProperty("journal_mode", "WAL");
			pool.addDataSourceProperty("synchronous", "NORMAL");
			pool.addDataSourceProperty("busy_timeout", "30000");
			pool.addDataSourceProperty("cache_size", "-16000");
		}
		return pool;
	}

	private static boolean isSqlite(HikariDataSource pool) {
		return pool.getJdbcUrl().startsWith("jdbc:sqlite:");
	}

	static class OnPostgresql implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return context.getEnvironment()
				.getProperty("spring.datasource.url", DEFAULT_URL)
				.startsWith("jdbc:postgresql:");
		}

	}

}
