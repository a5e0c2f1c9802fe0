package io.github.tursospring.autoconfigure.follow;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;

import io.github.tursospring.auditlog.follow.JdbcAuditLogCheckpointStore;

/**
 * Configuration properties for positions of audit logs in a database.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("turso.audit-logs.follow.jdbc")
public class TursoFollowJdbcProperties extends DatabaseInitializationProperties {

	private static final String DEFAULT_SCHEMA_LOCATION = "optional:classpath:io/github/tursospring/"
			+ "auditlog/follow/schema-@@platform@@.sql";

	/**
	 * Name of the table, optionally qualified by its schema. It replaces the default name
	 * in scripts.
	 */
	private String tableName = JdbcAuditLogCheckpointStore.DEFAULT_TABLE_NAME;

	public String getTableName() {
		return this.tableName;
	}

	public void setTableName(String tableName) {
		this.tableName = tableName;
	}

	@Override
	public String getDefaultSchemaLocation() {
		return DEFAULT_SCHEMA_LOCATION;
	}

}
