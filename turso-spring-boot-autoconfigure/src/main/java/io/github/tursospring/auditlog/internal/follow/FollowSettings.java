package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;

/**
 * How a log is followed.
 *
 * @param pollInterval how long to wait at the head of the log before looking again
 * @param lookback how far behind its position to look for late entries
 * @param maxBackoff the longest wait after a failure of the client's own choice
 */
public record FollowSettings(Duration pollInterval, Duration lookback, Duration maxBackoff) {
}
