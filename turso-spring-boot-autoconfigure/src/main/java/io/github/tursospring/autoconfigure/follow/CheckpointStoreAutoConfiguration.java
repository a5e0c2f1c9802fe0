package io.github.tursospring.autoconfigure.follow;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.autoconfigure.TursoFollowProperties;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link AuditLogCheckpointStore}:
 * in files if a directory is set, else in a database if there is one, else in memory.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnAuditLogHandler
@EnableConfigurationProperties(TursoFollowProperties.class)
@Import({ CheckpointStoreConfigurations.InFiles.class, CheckpointStoreConfigurations.InDatabase.class,
		CheckpointStoreConfigurations.InMemory.class })
public final class CheckpointStoreAutoConfiguration {

}
