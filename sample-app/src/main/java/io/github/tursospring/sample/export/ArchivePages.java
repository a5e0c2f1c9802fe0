package io.github.tursospring.sample.export;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Component;

import io.github.tursospring.sample.search.EntryPage;
import io.github.tursospring.sample.search.EntrySearch;
import io.github.tursospring.sample.search.Position;
import io.github.tursospring.sample.search.Search;

/**
 * Reads the archive page by page, oldest first. A page is read once the one before it has
 * been taken: a slow reader holds a page or two, and no connection.
 */
@Component
public class ArchivePages {

	private static final int SIZE = 200;

	private final EntrySearch entries;

	ArchivePages(EntrySearch entries) {
		this.entries = entries;
	}

	/**
	 * Read pages.
	 * @param search what is asked for
	 * @param after where to go on, {@code null} for the start
	 * @return the pages; one at least, if none is skipped
	 */
	public Flux<EntryPage> read(Search search, @Nullable Position after) {
		return page(search, after)
			.expand((page) -> (page.next() != null) ? page(search, page.next()) : Mono.<EntryPage>empty());
	}

	private Mono<EntryPage> page(Search search, @Nullable Position after) {
		return Mono.fromCallable(() -> this.entries.oldestFirst(search, SIZE, after))
			.subscribeOn(Schedulers.boundedElastic());
	}

}
