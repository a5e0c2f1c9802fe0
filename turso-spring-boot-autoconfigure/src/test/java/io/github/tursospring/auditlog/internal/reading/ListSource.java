package io.github.tursospring.auditlog.internal.reading;

import java.util.List;

import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.internal.http.PageSource;
import io.github.tursospring.auditlog.internal.http.SourcePage;

/**
 * Answers pages of rows that are just as the test gives them, newest first.
 */
record ListSource(List<AuditLog> rows) implements PageSource {

	@Override
	public Mono<SourcePage> fetch(int page, int pageSize) {
		return Mono.fromSupplier(() -> {
			int start = (int) Math.min((page - 1L) * pageSize, this.rows.size());
			int end = Math.min(start + pageSize, this.rows.size());
			return new SourcePage(this.rows.subList(start, end), page, pageSize, null, (long) this.rows.size());
		});
	}

}
