package io.github.tursospring.sample.web;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.sample.archive.ArchivedEntry;
import io.github.tursospring.sample.search.Search;
import io.github.tursospring.sample.search.SearchParameters;
import io.github.tursospring.sample.web.LiveFeed.Batch;

/**
 * Serves new entries as they are archived, as server-sent events. An event's id is the
 * entry's sequence number, so that a browser that reconnects, to any instance, misses
 * nothing and gets nothing twice.
 */
@RestController
class LiveController {

	private static final Duration HEARTBEAT = Duration.ofSeconds(15);

	private static final Duration RETRY = Duration.ofSeconds(2);

	private final Sinks.Empty<Void> stopping = Sinks.empty();

	private final LiveFeed feed;

	LiveController(LiveFeed feed) {
		this.feed = feed;
	}

	@GetMapping(path = "/api/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> live(@RequestParam MultiValueMap<String, String> query,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		MultiValueMap<String, String> asked = new LinkedMultiValueMap<>(query);
		if (lastEventId != null) {
			asked.set("after", lastEventId);
		}
		SearchParameters parameters = SearchParameters.of(asked, "after");
		Search search = parameters.search();
		long after = parameters.number("after", 0, Long.MAX_VALUE, -1);
		Flux<ServerSentEvent<Object>> events = this.feed.start().flatMapMany((start) -> {
			Viewer viewer = new Viewer(search, (after >= 0) ? Math.min(after, start.upTo()) : start.upTo());
			return Flux.concat(Flux.just(start), this.feed.batches()).concatMap(viewer::events, 1);
		});
		return Flux.merge(1, events, heartbeat()).takeUntilOther(this.stopping.asMono());
	}

	@EventListener(ContextClosedEvent.class)
	void stop() {
		this.stopping.tryEmitEmpty();
	}

	private static Flux<ServerSentEvent<Object>> heartbeat() {
		return Flux.interval(Duration.ZERO, HEARTBEAT)
			.onBackpressureDrop()
			.map((beat) -> ServerSentEvent.builder().comment("still here").retry(RETRY).build());
	}

	/**
	 * One connection: what it wants, and what it has seen.
	 */
	private final class Viewer {

		private final Search search;

		private long seen;

		private @Nullable ConsoleStatus status;

		Viewer(Search search, long seen) {
			this.search = search;
			this.seen = seen;
		}

		Flux<ServerSentEvent<Object>> events(Batch batch) {
			List<ArchivedEntry> entries = batch.since(this.seen);
			Flux<ArchivedEntry> unseen = (entries != null) ? Flux.fromIterable(seen(entries)) : missed(batch.upTo());
			Flux<ServerSentEvent<Object>> events = unseen
				.filter((entry) -> this.search.accepts(entry.second(), entry.facet(), entry.text()))
				.map((entry) -> ServerSentEvent.<Object>builder(EntryView.inList(entry))
					.event("entry")
					.id(String.valueOf(entry.sequence()))
					.build());
			if (batch.status().equals(this.status)) {
				return events;
			}
			this.status = batch.status();
			return events.concatWithValues(ServerSentEvent.<Object>builder(batch.status()).event("status").build());
		}

		private Flux<ArchivedEntry> missed(long upTo) {
			return Blocking.call(() -> read(upTo)).flatMapIterable(Function.identity()).repeat(() -> this.seen < upTo);
		}

		/** Retention may have removed all of the missed ones. */
		private List<ArchivedEntry> read(long upTo) {
			List<ArchivedEntry> entries = LiveController.this.feed.read(this.seen);
			if (entries.isEmpty()) {
				this.seen = upTo;
			}
			return seen(entries);
		}

		private List<ArchivedEntry> seen(List<ArchivedEntry> entries) {
			if (!entries.isEmpty()) {
				this.seen = entries.get(entries.size() - 1).sequence();
			}
			return entries;
		}

	}

}
