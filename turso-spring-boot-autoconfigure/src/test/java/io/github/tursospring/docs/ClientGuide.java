package io.github.tursospring.docs;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * The code of {@code docs/guide/client.md}.
 */
class ClientGuide {

	private final AuditLogClient auditLogs;

	private final Position position;

	private final Warehouse warehouse;

	ClientGuide(AuditLogClient auditLogs, Position position, Warehouse warehouse) {
		this.auditLogs = auditLogs;
		this.position = position;
		this.warehouse = warehouse;
	}

	// @formatter:off
	static AuditLogClient client(String token) {
		AuditLogClient client = AuditLogClient.builder().apiToken(token).organization("acme").build();
		return client;
	}

	static Flux<AuditLog> deletions(AuditLogClient client) {
		Flux<AuditLog> deletions = client.streamAll((query) -> query.code("db-delete", "group-delete"));
		return deletions;
	}

	static AuditLogQuery query() {
		AuditLogQuery query = AuditLogQuery.builder()
			.organization("acme")                             // instead of turso.organization
			.order(AuditLogQuery.Order.ASC)                   // oldest first; newest first is the default
			.startTime(Instant.parse("2026-01-01T00:00:00Z")) // inclusive
			.endTime(Instant.parse("2026-02-01T00:00:00Z"))   // exclusive
			.code("db-create", "db-delete")                   // any of these,
			.author("iku")                                    // and this author,
			.origin("cli")                                    // and this origin
			.pageSize(500)                                    // 1 to 1000
			.build();
		return query;
	}

	Mono<AuditLogPage> deletions(@Nullable String pageToken) {
		return this.auditLogs
			.list((query) -> query.code("db-delete", "group-delete").pageSize(50).pageToken(pageToken));
	}

	Mono<Void> importNewEntries() {
		return this.auditLogs
			.streamPages((query) -> query.order(AuditLogQuery.Order.ASC).pageToken(this.position.load()))
			.concatMap((page) -> this.warehouse.insert(page.auditLogs())
				.then(this.position.save(page.nextPageToken())), 0)
			.then();
	}

	static Mono<AuditLogPage> numbered(AuditLogClient client) {
		Mono<AuditLogPage> first = client.list((query) -> query.page(1).pageSize(100));
		return first;
	}

	static Mono<AuditLog> entry(AuditLogClient client) {
		Mono<AuditLog> entry = client.retrieve("1767225600-0123456789abcdef0123456789abcdef");
		return entry;
	}

	static Flux<AuditLog> all(AuditLogClient client) {
		Flux<AuditLog> all = Flux.just("acme", "globex")
			.concatMap((organization) -> client.streamAll((query) -> query.organization(organization)));
		return all;
	}
	// @formatter:on

	/**
	 * Stores a position.
	 */
	interface Position {

		@Nullable String load();

		Mono<Void> save(@Nullable String pageToken);

	}

	/**
	 * Stores entries.
	 */
	interface Warehouse {

		Mono<Void> insert(List<AuditLog> entries);

	}

}
