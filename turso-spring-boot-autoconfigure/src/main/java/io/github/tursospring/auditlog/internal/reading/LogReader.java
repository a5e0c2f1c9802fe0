package io.github.tursospring.auditlog.internal.reading;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.internal.follow.FollowListener;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.http.PageSource;

/**
 * Reads one organization's log for one query: chains the steps of a walk, and hands their
 * entries on as they are requested.
 */
public final class LogReader {

	private final PageSource source;

	private final String organization;

	private final AuditLogQuery query;

	private final int pageSize;

	private final ReadingListener listener;

	private final PageToken tokens;

	/**
	 * Create a new reader.
	 * @param source where the pages come from
	 * @param organization the organization's slug
	 * @param query what to read
	 * @param pageSize the page size to ask for
	 */
	public LogReader(PageSource source, String organization, AuditLogQuery query, int pageSize) {
		this(source, organization, query, pageSize, ReadingListener.NONE);
	}

	/**
	 * Create a new reader.
	 * @param source where the pages come from
	 * @param organization the organization's slug
	 * @param query what to read
	 * @param pageSize the page size to ask for
	 * @param listener is told what reading does
	 */
	public LogReader(PageSource source, String organization, AuditLogQuery query, int pageSize,
			ReadingListener listener) {
		this.source = source;
		this.organization = organization;
		this.query = query;
		this.pageSize = pageSize;
		this.listener = listener;
		this.tokens = PageToken.ofReading(organization, query);
	}

	/**
	 * Return the entries that match the query.
	 * @param concurrency how many windows to fetch at a time
	 * @return the entries
	 */
	public Flux<AuditLog> entries(int concurrency) {
		return steps(concurrency)
			.concatMapDelayError((step) -> Demanded.each(step.batch().entries(), this.query::matches), true, 0);
	}

	/**
	 * Return the entries that match the query in pages.
	 * @param concurrency how many windows to fetch at a time
	 * @return the pages
	 */
	public Flux<AuditLogPage> pages(int concurrency) {
		Pages pages = new Pages(this.query, this.tokens, this.pageSize);
		return steps(concurrency).concatMapDelayError((step) -> Demanded.all(pages.of(step)), true, 0);
	}

	/**
	 * Return the entries that match the query and those to come, oldest first. Never
	 * completes.
	 * @param settings how to follow
	 * @return the pages
	 */
	public Flux<AuditLogPage> follow(FollowSettings settings) {
		return Flux.deferContextual((context) -> {
			FollowListener listener = context.<FollowListener>getOrEmpty(FollowListener.class)
				.orElse(FollowListener.NONE);
			FollowSettings applied = context.<FollowSettings>getOrEmpty(FollowSettings.class).orElse(settings);
			Follow follow = new Follow(this.query, PageToken.ofFollowing(this.organization, this.query), this.pageSize,
					applied, listener, this.listener);
			return Flux.defer(() -> this.listener.observe(round(follow)))
				.retryWhen(follow.retry())
				.repeatWhen((rounds) -> rounds.delayElements(applied.pollInterval()));
		});
	}

	private Flux<AuditLogPage> round(Follow follow) {
		return readResumably(follow.route()).doOnNext(follow::advance)
			.concatMapDelayError((step) -> Demanded.all(follow.pages(step)), true, 0);
	}

	/**
	 * Return the next entries that match the query.
	 * @return one page
	 */
	public Mono<AuditLogPage> page() {
		return Mono.defer(() -> {
			PageCollector page = new PageCollector(this.query, this.tokens, this.pageSize);
			Route route = Route.ofPage(this.query, this.tokens.decode(), this.pageSize);
			return Flux.using(() -> new Conveyor(this.source, route, this.listener), this::read, Conveyor::dispose)
				.takeUntil(page::add)
				.then(Mono.fromSupplier(page::toPage));
		});
	}

	private Flux<Step> steps(int concurrency) {
		return Flux
			.defer(() -> readResumably(Route.ofStream(this.query, this.tokens.decode(), this.pageSize, concurrency)));
	}

	private Flux<Step> readResumably(Route route) {
		return Flux.using(
				() -> new Conveyor(this.source, route, this.listener), (conveyor) -> read(conveyor)
					.doOnError(TursoException.class, (ex) -> resumable(ex, conveyor.walk().position())),
				Conveyor::dispose);
	}

	private Flux<Step> read(Conveyor conveyor) {
		Mono<Step> next = conveyor.step();
		return next.expand((step) -> step.done() ? Mono.empty() : next)
			.onErrorMap(ContractViolation.class, this::violation);
	}

	private void resumable(TursoException ex, Position position) {
		if (!position.boundary().emitted().isEmpty()) {
			ex.resumeAt(this.tokens.encode(position));
		}
	}

	private TursoProtocolException violation(ContractViolation ex) {
		return new TursoProtocolException("The audit log of organization '" + this.organization
				+ "' cannot be read without losing or repeating entries: " + ex.getMessage()
				+ ". Check turso.base-url; if it is Turso's, report this.", null);
	}

}
