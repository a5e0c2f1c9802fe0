package io.github.tursospring.autoconfigure.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;

/**
 * {@link DataSourceScriptDatabaseInitializer} for the table of a
 * {@link JdbcAuditLogCheckpointStore}. May be registered as a bean to override
 * auto-configuration.
 *
 * @since 0.1.0
 */
public class CheckpointStoreScriptDatabaseInitializer
		extends PropertiesBasedDataSourceScriptDatabaseInitializer<TursoFollowJdbcProperties> {

	private final String tableName;

	/**
	 * Create an initializer.
	 * @param dataSource the database
	 * @param properties the properties
	 */
	public CheckpointStoreScriptDatabaseInitializer(DataSource dataSource, TursoFollowJdbcProperties properties) {
		super(dataSource, properties, Map.of(DatabaseDriver.MARIADB, "mysql"));
		this.tableName = properties.getTableName();
	}

	@Override
	protected void runScripts(Scripts scripts) {
		if (this.tableName.equals(JdbcAuditLogCheckpointStore.DEFAULT_TABLE_NAME)) {
			super.runScripts(scripts);
			return;
		}
		List<Resource> renamed = new ArrayList<>();
		scripts.forEach((script) -> renamed.add(rename(script)));
		super.runScripts(new Scripts(renamed).continueOnError(scripts.isContinueOnError())
			.separator(scripts.getSeparator())
			.encoding(StandardCharsets.UTF_8));
	}

	private Resource rename(Resource script) {
		try {
			String sql = script.getContentAsString(StandardCharsets.UTF_8)
				.replace(JdbcAuditLogCheckpointStore.DEFAULT_TABLE_NAME, this.tableName);
			return new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8), script.getDescription());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
