package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;

/**
 * How a log is read while it is followed. Passed in the Reactor context of a
 * {@link io.github.tursospring.auditlog.AuditLogClient#follow follow}, with this class as
 * key, it overrides the client's own settings.
 *
 * @param pollInterval the wait at the head of the log before the next poll
 * @param lookback how far behind its position a follow looks for late entries
 * @param maxBackoff the longest wait after a failure, whatever the server asks for
 */
public record FollowSettings(Duration pollInterval, Duration lookback, Duration maxBackoff) {
}
