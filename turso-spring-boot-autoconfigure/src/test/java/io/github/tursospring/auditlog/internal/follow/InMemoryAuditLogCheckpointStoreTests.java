package io.github.tursospring.auditlog.internal.follow;

import io.github.tursospring.auditlog.follow.AbstractAuditLogCheckpointStoreTests;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;

/**
 * Tests for {@link InMemoryAuditLogCheckpointStore}.
 */
class InMemoryAuditLogCheckpointStoreTests extends AbstractAuditLogCheckpointStoreTests {

	@Override
	protected AuditLogCheckpointStore store() {
		return new InMemoryAuditLogCheckpointStore();
	}

}
