package io.github.tursospring.auditlog;

import java.time.Instant;

/**
 * A part of an audit log that may never have been delivered: all entries at the position
 * that a token holds, and before it, have been removed from the log, so entries after
 * that position may have been removed as well.
 *
 * @param position creation time of the last entries that the position covers, in whole
 * seconds
 * @param oldestEntry creation time of the oldest entry in the log, in whole seconds;
 * later than {@code position}
 * @since 0.1.0
 */
public record AuditLogGap(Instant position, Instant oldestEntry) {
}
