package io.github.tursospring.auditlog.follow;

/**
 * Tests for {@link InMemoryAuditLogCheckpointStore}.
 */
class InMemoryAuditLogCheckpointStoreTests extends AbstractAuditLogCheckpointStoreTests {

	@Override
	AuditLogCheckpointStore store() {
		return new InMemoryAuditLogCheckpointStore();
	}

}
