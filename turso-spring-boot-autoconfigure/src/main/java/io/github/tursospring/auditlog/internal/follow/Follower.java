package io.github.tursospring.auditlog.internal.follow;

import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * A follower.
 *
 * @param name the name, which is that of its handler's bean
 * @param filters which entries to deliver
 * @param settings how it works
 * @param delivery passes pages to its handler
 */
public record Follower(String name, AuditLogQuery filters, FollowerSettings settings, PageDelivery delivery) {
}
