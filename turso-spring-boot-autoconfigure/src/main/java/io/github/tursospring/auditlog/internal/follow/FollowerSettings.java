package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.internal.http.Backoff;

/**
 * How a follower works.
 *
 * @param organizations slugs of the organizations to follow
 * @param startTime where to start an organization that has no position; {@code null} for
 * its oldest entry
 * @param reading how the log is read
 * @param backoff waits between attempts
 * @param handlerTimeout the longest time that a page may be in hand
 * @param stopAtGap whether to stop at a gap rather than to report it and continue
 */
public record FollowerSettings(List<String> organizations, @Nullable Instant startTime, FollowSettings reading,
		Backoff backoff, Duration handlerTimeout, boolean stopAtGap) {
}
