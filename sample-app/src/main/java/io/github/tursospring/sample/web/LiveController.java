package io.github.tursospring.sample.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.sample.reading.AuditLogRequest;
import io.github.tursospring.sample.reading.Summarizer;
import io.github.tursospring.sample.reading.Summary;

/**
 * Serves new entries as they arrive, as server-sent events. An event's id is the token to
 * go on after it, so that a browser that reconnects misses nothing and gets nothing
 * twice.
 */
@RestController
class LiveController {

	private static final AuditLogQuery NEWEST = AuditLogQuery.builder().pageSize(1).build();

	private static final Duration HEARTBEAT = Duration.ofSeconds(15);

	private static final Duration RETRY = Duration.ofSeconds(2);

	private final Sinks.Empty<Void> stopping = Sinks.empty();

	private final AuditLogClient client;

	private final Duration lookback;

	LiveController(AuditLogClient client, @Value("${turso.audit-logs.follow.lookback:60s}") Duration lookback) {
		this.client = client;
		this.lookback = lookback;
	}

	/**
	 * Say where to divide the log in two: what is older is to be read as it is, and what
	 * is not is to be followed. No entry belongs to both sides or to neither, and none is
	 * still to be expected on the older side, unless it is later than any follow waits.
	 */
	@GetMapping("/audit-logs/live/start")
	Mono<LiveStart> start() {
		return this.client.list(NEWEST)
			.map((page) -> page.auditLogs().isEmpty() ? Instant.EPOCH : time(page.auditLogs().get(0)))
			.map((newest) -> new LiveStart(newest,
					newest.equals(Instant.EPOCH) ? newest : newest.minus(this.lookback)));
	}

	@GetMapping(path = "/audit-logs/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> live(@RequestParam MultiValueMap<String, String> parameters,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		AuditLogRequest request = AuditLogRequest.of(parameters, "token");
		String token = (lastEventId != null) ? lastEventId : parameters.getFirst("token");
		AuditLogQuery query = request.query().toBuilder().pageToken(token).endTime(null).build();
		Flux<ServerSentEvent<Object>> batches = this.client.follow(query)
			.map((page) -> event(page, request))
			.onErrorResume(TursoException.class, (ex) -> Flux.just(failure(ex)).concatWith(Mono.never()));
		return Flux.merge(1, batches, heartbeat()).takeUntilOther(this.stopping.asMono());
	}

	@EventListener(ContextClosedEvent.class)
	void stop() {
		this.stopping.tryEmitEmpty();
	}

	private static ServerSentEvent<Object> event(AuditLogPage page, AuditLogRequest request) {
		List<AuditLog> entries = page.auditLogs()
			.stream()
			.filter(request.query()::matches)
			.filter(request.filter())
			.toList();
		return ServerSentEvent.<Object>builder(LiveBatch.of(entries))
			.id(Objects.requireNonNull(page.nextPageToken()))
			.build();
	}

	private static ServerSentEvent<Object> failure(TursoException ex) {
		return ServerSentEvent.<Object>builder(Map.of("detail", String.valueOf(ex.getMessage())))
			.event("failure")
			.build();
	}

	private static Flux<ServerSentEvent<Object>> heartbeat() {
		return Flux.interval(Duration.ZERO, HEARTBEAT)
			.onBackpressureDrop()
			.map((beat) -> ServerSentEvent.builder().comment("still here").retry(RETRY).build());
	}

	private static Instant time(AuditLog entry) {
		return (entry.createdAt() != null) ? entry.createdAt() : Instant.EPOCH;
	}

	/**
	 * Where to divide the log.
	 *
	 * @param newest time of the newest entry
	 * @param startTime from when on to follow
	 */
	record LiveStart(Instant newest, Instant startTime) {
	}

	/**
	 * Entries that arrived together.
	 *
	 * @param auditLogs the entries, oldest first
	 * @param summary what they come to
	 */
	record LiveBatch(List<AuditLog> auditLogs, Summary summary) {

		static LiveBatch of(List<AuditLog> entries) {
			Summarizer summarizer = new Summarizer();
			entries.forEach(summarizer::add);
			return new LiveBatch(entries, summarizer.summary());
		}

	}

}
