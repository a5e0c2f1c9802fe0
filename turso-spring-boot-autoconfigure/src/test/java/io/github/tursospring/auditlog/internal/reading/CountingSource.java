package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.internal.engine.PageRequest;
import io.github.tursospring.auditlog.internal.http.PageSource;
import io.github.tursospring.auditlog.internal.http.SourcePage;

/**
 * Answers at once, on the caller's thread, and keeps account of what was asked for.
 */
final class CountingSource implements PageSource {

	private final PageSource source;

	private final List<PageRequest> asked = new ArrayList<>();

	CountingSource(ModelLog log) {
		this((page, pageSize) -> Mono.fromSupplier(() -> log.answer(page, pageSize)));
	}

	CountingSource(PageSource source) {
		this.source = source;
	}

	@Override
	public Mono<SourcePage> fetch(int page, int pageSize) {
		return Mono.defer(() -> {
			this.asked.add(new PageRequest(page, pageSize));
			return this.source.fetch(page, pageSize);
		});
	}

	int requests() {
		return this.asked.size();
	}

	/** Of the requests, those for more than one row. */
	long pages() {
		return this.asked.stream().filter((window) -> window.pageSize() > 1).count();
	}

	List<PageRequest> asked() {
		return this.asked;
	}

}
