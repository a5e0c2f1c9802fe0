package io.github.tursospring.auditlog.follow;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the follower of an organization is doing.
 *
 * @param leading whether this instance follows the organization, or has failed to and
 * tries again, rather than another one
 * @param position time of the last entry that was delivered, {@code null} if none was
 * @param lag how old the entries are that are being delivered, zero at the head of the
 * log, {@code null} if it is not known: another instance follows, or nothing has been
 * read yet
 * @param lastPoll when the head of the log was last reached, {@code null} if never
 * @param lastError what failed last, {@code null} if all has gone well since
 * @since 0.1.0
 */
public record FollowerStatus(boolean leading, @Nullable Instant position, @Nullable Duration lag,
		@Nullable Instant lastPoll, @Nullable String lastError) {
}
