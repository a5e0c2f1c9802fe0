package io.github.tursospring.auditlog.internal.reading;

import java.time.Instant;
import java.util.Random;

import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * Makes time ranges and filters at random, from a seed.
 */
final class RandomQueries {

	private RandomQueries() {
	}

	static AuditLogQuery query(Random random, ExactlyOnceTests.History history) {
		AuditLogQuery.Builder query = AuditLogQuery.builder().order(history.order);
		Instant one = (random.nextInt(4) > 0) ? time(random, history.log) : null;
		Instant other = (random.nextInt(4) > 0) ? time(random, history.log) : null;
		other = (random.nextInt(10) == 0) ? one : other;
		boolean swapped = one != null && other != null && one.isAfter(other);
		query.startTime(swapped ? other : one).endTime(swapped ? one : other);
		if (random.nextInt(3) == 0) {
			query.author("author-" + random.nextInt(3));
		}
		if (random.nextInt(10) == 0) {
			query.code("db-create", "db-delete");
		}
		return query.build();
	}

	/** A time in the log, or a little before or after it; often not a whole second. */
	private static Instant time(Random random, ModelLog log) {
		long first = (log.size() > 0) ? ModelLog.second(log.rows().get(0)) : 1_700_000_000L;
		long span = Math.max(20, log.headSecond() - first);
		long second = first - span / 10 + (long) (random.nextDouble() * 1.2 * span);
		if (log.size() > 0 && random.nextBoolean()) {
			second = ModelLog.second(log.rows().get(random.nextInt(log.size())));
		}
		Instant time = Instant.ofEpochSecond(second);
		return switch (random.nextInt(4)) {
			case 0 -> time.plusNanos(1);
			case 1 -> time.plusMillis(random.nextInt(1000));
			default -> time;
		};
	}

}
