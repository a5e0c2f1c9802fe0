package io.github.tursospring.auditlog.internal.follow;

import java.time.Clock;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;

/**
 * What all followers share.
 *
 * @param client the client
 * @param store where positions are stored
 * @param lock decides which instance follows
 * @param clock the clock of statuses
 */
public record FollowerEnvironment(AuditLogClient client, AuditLogCheckpointStore store, FollowerLock lock,
		Clock clock) {
}
