package io.github.tursospring.sample.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.tursospring.sample.demo.DemoDirectory;

/**
 * The archive's database: the SQLite file {@code audit-log.db} in the working directory,
 * or what {@code spring.datasource.url} says. SQLite has one writer at a time, so its
 * pool for writing has one connection.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ArchiveProperties.class, DataSourceProperties.class })
public class ArchiveConfiguration {

	private static final String SQLITE = "jdbc:sqlite:";

	/** SQLite's mode of a file that is written, but not made. */
	private static final String OPEN_EXISTING = "2";

	/** Rarer than the default, since pages that many inserts change are written once. */
	private static final int CHECKPOINT_PAGES = 16_000;

	@Bean
	@Primary
	HikariDataSource dataSource(DataSourceProperties properties, ArchiveProperties archive,
			ObjectProvider<DemoDirectory> demo) throws IOException {
		HikariDataSource pool = pool("archive-write", properties, demo);
		if (isSqlite(pool)) {
			pool.setMaximumPoolSize(1);
			pool.setConnectionInitSql("pragma wal_autocheckpoint = " + CHECKPOINT_PAGES);
			Path file = Path.of(pool.getJdbcUrl().substring(SQLITE.length()).replaceFirst("\\?.*", ""));
			if (archive.create() && !Files.exists(file)) {
				// SQLite gives the files beside it the same permissions
				OwnerOnly.create(file).close();
			}
		}
		return pool;
	}

	@Bean(defaultCandidate = false)
	@DependsOnDatabaseInitialization
	HikariDataSource readingDataSource(DataSourceProperties properties, ObjectProvider<DemoDirectory> demo) {
		HikariDataSource pool = pool("archive-read", properties, demo);
		pool.setMaximumPoolSize(4);
		if (isSqlite(pool)) {
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
	@ConditionalOnExpression("environment.getProperty('spring.datasource.url', '').startsWith('jdbc:postgresql:')")
	LockProvider lockProvider(DataSource dataSource) {
		return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(new JdbcTemplate(dataSource))
			.usingDbTime()
			.build());
	}

	private static HikariDataSource pool(String name, DataSourceProperties properties,
			ObjectProvider<DemoDirectory> demo) {
		HikariDataSource pool = new HikariDataSource();
		pool.setPoolName(name);
		pool.setJdbcUrl((properties.getUrl() != null) ? properties.getUrl()
				: SQLITE + DemoDirectory.resolve(demo.getIfAvailable(), "audit-log.db"));
		pool.setUsername(properties.getUsername());
		pool.setPassword(properties.getPassword());
		if (isSqlite(pool)) {
			pool.addDataSourceProperty("open_mode", OPEN_EXISTING);
			pool.addDataSourceProperty("journal_mode", "WAL");
			pool.addDataSourceProperty("synchronous", "NORMAL");
			pool.addDataSourceProperty("busy_timeout", "30000");
			pool.addDataSourceProperty("cache_size", "-16000");
		}
		else {
			// Without it, an answer that never comes is waited for for ever
			pool.addDataSourceProperty("socketTimeout", "300");
		}
		return pool;
	}

	private static boolean isSqlite(HikariDataSource pool) {
		return pool.getJdbcUrl().startsWith(SQLITE);
	}

}
