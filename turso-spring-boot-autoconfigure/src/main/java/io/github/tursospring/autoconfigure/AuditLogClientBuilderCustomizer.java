package io.github.tursospring.autoconfigure;

import io.github.tursospring.auditlog.AuditLogClient;

/**
 * Callback interface that can be implemented by beans wishing to customize the
 * {@link io.github.tursospring.auditlog.AuditLogClient.Builder} of the auto-configured
 * client. Called in order, after the properties have been applied.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AuditLogClientBuilderCustomizer {

	/**
	 * Customize the builder of the client.
	 * @param builder the builder
	 */
	void customize(AuditLogClient.Builder builder);

}
