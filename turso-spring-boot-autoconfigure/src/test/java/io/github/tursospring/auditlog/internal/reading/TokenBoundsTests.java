package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens stay small in a second of many rows, and lose nothing.
 */
class TokenBoundsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final long START = 1_700_000_000L;

	private final ModelLog log = new ModelLog(new Random(0), 1000, false);

	TokenBoundsTests() {
		for (int i = 0; i < 5300; i++) {
			this.log.insert(START + ((i < 150) ? i : 150) + Math.max(0, i - 5150));
		}
	}

	@ParameterizedTest
	@CsvSource({ "ASC, 100", "DESC, 100", "ASC, 1000", "DESC, 1000" })
	void streamPagesWhenResumedAfterEveryPageOfAWideSecondShouldReadExactlyOnce(Order order, int pageSize) {
		List<AuditLog> read = new ArrayList<>();
		AuditLogPage page;
		String token = null;
		do {
			AuditLogQuery query = AuditLogQuery.builder().order(order).pageToken(token).build();
			page = new LogReader(new CountingSource(this.log), "acme", query, pageSize).pages(1).blockFirst(LIMIT);
			read.addAll(page.auditLogs());
			token = page.nextPageToken();
			assertThat(token).hasSizeLessThanOrEqualTo(CheckpointCodec.MAX_LENGTH);
		}
		while (page.hasMore());
		assertThat(new Ledger(order, read).holdsJust(this.log.rows()).complaint()).isNull();
	}

	@Test
	void followWhenResumedAfterEveryPageOfAWideSecondShouldReadExactlyOnce() {
		List<AuditLog> read = new ArrayList<>();
		AuditLogPage page;
		String token = null;
		do {
			AuditLogQuery query = AuditLogQuery.builder().pageToken(token).build();
			LogReader reader = new LogReader(new CountingSource(this.log), "acme", query, 100);
			FollowSettings settings = new FollowSettings(Duration.ofDays(1), Duration.ofSeconds(60), LIMIT);
			page = new LogFollower(reader, settings).pages().blockFirst(LIMIT);
			read.addAll(page.auditLogs());
			token = page.nextPageToken();
			assertThat(token).hasSizeLessThanOrEqualTo(CheckpointCodec.MAX_LENGTH);
		}
		while (read.size() < this.log.size());
		assertThat(new Ledger(Order.ASC, read).holdsJust(this.log.rows()).complaint()).isNull();
	}

}
