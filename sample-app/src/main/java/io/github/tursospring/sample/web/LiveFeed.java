package io.github.tursospring.sample.web;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchivedEntry;

/**
 * New entries of the archive and the status, looked for once a second for all viewers
 * together, and not at all while there are none.
 */
@Component
class LiveFeed {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final int BATCH = 500;

	private final Archive archive;

	private final StatusService status;

	private final Flux<Batch> batches;

	LiveFeed(Archive archive, StatusService status) {
		this.archive = archive;
		this.status = status;
		this.batches = start()
			.expand((batch) -> next(batch).delaySubscription(batch.isFull() ? Duration.ZERO : INTERVAL))
			.publish(1)
			.refCount(1);
	}

	/**
	 * Return what is found. Batches follow each other without a gap; a viewer that is
	 * slow gets the latest one only.
	 */
	Flux<Batch> batches() {
		return this.batches.onBackpressureLatest();
	}

	/** Return a batch without entries, at the end of the archive. */
	Mono<Batch> start() {
		return Blocking.call(() -> {
			long head = this.archive.head();
			return new Batch(head, head, List.of(), this.status.status());
		});
	}

	private Mono<Batch> next(Batch last) {
		return Blocking.call(() -> {
			List<ArchivedEntry> entries = read(last.upTo());
			long upTo = entries.isEmpty() ? last.upTo() : entries.get(entries.size() - 1).sequence();
			return new Batch(last.upTo(), upTo, entries, this.status.status());
		});
	}

	/** Read entries from the archive. */
	List<ArchivedEntry> read(long after) {
		return this.archive.after(after, BATCH);
	}

	/**
	 * What one look found.
	 */
	record Batch(long after, long upTo, List<ArchivedEntry> entries, ConsoleStatus status) {

		boolean isFull() {
			return this.entries.size() == BATCH || Archive.isCut(this.entries);
		}

		/** Return the entries that a viewer has not seen. */
		@Nullable List<ArchivedEntry> since(long seen) {
			return (seen < this.after) ? null
					: this.entries.stream().filter((entry) -> entry.sequence() > seen).toList();
		}

	}

}
