package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.reading.OnDemand;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * An audit log whose entry n is of second n and makes a page of its own, with the token
 * {@code token-n}. Like those of the client, its pages arrive on a thread that must not
 * block.
 */
final class StubLog {

	final List<AuditLogQuery> queries = new CopyOnWriteArrayList<>();

	private final AtomicInteger oldest = new AtomicInteger(1);

	private final AtomicInteger newest = new AtomicInteger();

	private volatile boolean silent;

	StubLog(int entries) {
		this.newest.set(entries);
	}

	/** Emit nothing from now on, and not even a failure. */
	void silence(boolean silent) {
		this.silent = silent;
	}

	void append(int entries) {
		this.newest.addAndGet(entries);
	}

	void removeBefore(int entry) {
		this.oldest.set(entry);
	}

	int newest() {
		return this.newest.get();
	}

	AuditLogClient client() {
		AuditLogClient client = mock(AuditLogClient.class);
		given(client.follow(any(AuditLogQuery.class))).willAnswer((invocation) -> follow(invocation.getArgument(0)));
		return client;
	}

	private Flux<AuditLogPage> follow(AuditLogQuery query) {
		this.queries.add(query);
		if (this.silent) {
			return Flux.never();
		}
		AtomicInteger next = new AtomicInteger(first(query));
		return Flux.deferContextual((context) -> {
			int from = Math.max(next.get(), this.oldest.get());
			int gapBefore = (query.pageToken() != null && from > next.get()) ? next.get() - 1 : -1;
			FollowListener listener = context.getOrDefault(FollowListener.class, FollowListener.NONE);
			return OnDemand.all(IntStream.rangeClosed(from, this.newest.get()).boxed().toList()).map((number) -> {
				next.set(number + 1);
				return page(number, (gapBefore >= 0 && number == from) ? gapBefore : -1);
			}).concatWith(Mono.fromRunnable(listener::onHead));
		}).repeatWhen((rounds) -> rounds.delayElements(Duration.ofMillis(5))).subscribeOn(Schedulers.parallel());
	}

	private static int first(AuditLogQuery query) {
		if (query.pageToken() != null) {
			return Integer.parseInt(query.pageToken().substring("token-".length())) + 1;
		}
		return (query.startTime() != null) ? (int) query.startTime().getEpochSecond() : 1;
	}

	private AuditLogPage page(int number, int gapBefore) {
		AuditLog entry = AuditLog.builder().message("" + number).createdAt(second(number)).build();
		AuditLogGap gap = (gapBefore >= 0) ? new AuditLogGap(second(gapBefore), second(number)) : null;
		return new AuditLogPage(List.of(entry), "token-" + number, number < this.newest.get(), null, gap);
	}

	static Instant second(int number) {
		return Instant.ofEpochSecond(number);
	}

	static int number(AuditLogPage page) {
		return Integer.parseInt(String.valueOf(page.auditLogs().get(0).message()));
	}

}
