package io.github.tursospring.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.http.SourcePage;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.reading.LogReader;

/**
 * Follows a long backlog, made up row by row, in a process with a small heap.
 */
final class BacklogReader {

	private static final long START = 1_600_000_000L;

	private final long rows;

	private BacklogReader(long rows) {
		this.rows = rows;
	}

	public static void main(String[] args) {
		long rows = Long.parseLong(args[0]);
		AtomicLong next = new AtomicLong();
		LogReader reader = new LogReader(new BacklogReader(rows)::fetch, "acme", AuditLogQuery.all(), 1000);
		reader.follow(new FollowSettings(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(1)))
			.takeUntil((page) -> {
				for (AuditLog entry : page.auditLogs()) {
					if (!("entry " + next.getAndIncrement()).equals(entry.message())) {
						throw new IllegalStateException("Out of order: " + entry);
					}
				}
				return next.get() == rows;
			})
			.blockLast(Duration.ofMinutes(5));
		System.out.println("delivered " + next.get());
	}

	private Mono<SourcePage> fetch(int page, int pageSize) {
		return Mono.fromSupplier(() -> {
			List<AuditLog> shown = new ArrayList<>(pageSize);
			long from = (page - 1L) * pageSize;
			for (long i = from; i < Math.min(from + pageSize, this.rows); i++) {
				long number = this.rows - 1 - i;
				shown.add(AuditLog.builder()
					.code("db-create")
					.message("entry " + number)
					.createdAt(Instant.ofEpochSecond(START + number))
					.build());
			}
			return new SourcePage(shown, page, pageSize, (int) ((this.rows + pageSize - 1) / pageSize), this.rows);
		});
	}

}
