package io.github.tursospring.auditlog.internal;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogNotFoundException;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogPage.Pagination;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.http.SourcePage;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;
import io.github.tursospring.auditlog.internal.reading.LogReader;
import io.github.tursospring.auditlog.internal.observation.Operation;
import io.github.tursospring.auditlog.internal.reading.ReadingListener;
import io.github.tursospring.auditlog.internal.observation.ReadingObserver;

/**
 * Default {@link AuditLogClient}.
 */
public final class DefaultAuditLogClient implements AuditLogClient, AutoCloseable {

	private static final int RETRIEVE_PAGE_SIZE = 100;

	private final AuditLogEndpoint endpoint;

	private final @Nullable String defaultOrganization;

	private final int pageSize;

	private final int concurrency;

	private final FollowSettings followSettings;

	private final ReadingObserver observer;

	/**
	 * Create a new client.
	 * @param endpoint the endpoint
	 * @param defaultOrganization the organization of queries that name none
	 * @param pageSize the page size of queries that name none
	 * @param concurrency how many pages a stream fetches at a time
	 * @param followSettings how logs are followed
	 */
	public DefaultAuditLogClient(AuditLogEndpoint endpoint, @Nullable String defaultOrganization, int pageSize,
			int concurrency, FollowSettings followSettings) {
		this(endpoint, defaultOrganization, pageSize, concurrency, followSettings, ReadingObserver.NONE);
	}

	/**
	 * Create a new client.
	 * @param endpoint the endpoint
	 * @param defaultOrganization the organization of queries that name none
	 * @param pageSize the page size of queries that name none
	 * @param concurrency how many pages a stream fetches at a time
	 * @param followSettings how logs are followed
	 * @param observer callback for every reading
	 */
	public DefaultAuditLogClient(AuditLogEndpoint endpoint, @Nullable String defaultOrganization, int pageSize,
			int concurrency, FollowSettings followSettings, ReadingObserver observer) {
		this.endpoint = endpoint;
		this.defaultOrganization = defaultOrganization;
		this.pageSize = pageSize;
		this.concurrency = concurrency;
		this.followSettings = followSettings;
		this.observer = observer;
	}

	/** Refuse further requests, as the application context is being closed. */
	@Override
	public void close() {
		this.endpoint.close();
	}

	@Override
	public Mono<AuditLogPage> list() {
		return list(AuditLogQuery.all());
	}

	@Override
	public Mono<AuditLogPage> list(AuditLogQuery query) {
		Integer page = query.page();
		return Mono.defer(() -> {
			ReadingListener listener = begin(Operation.LIST, query);
			Mono<AuditLogPage> list = (page != null) ? numberedPage(query, page, listener)
					: reader(query, listener).page();
			return observed(list, listener, DefaultAuditLogClient::entries);
		});
	}

	private Mono<AuditLogPage> numberedPage(AuditLogQuery query, int page, ReadingListener listener) {
		int size = pageSize(query);
		return this.endpoint.of(organization(query), listener)
			.fetch(page, size)
			.map((response) -> toPage(response, page, size));
	}

	private static AuditLogPage toPage(SourcePage response, int page, int pageSize) {
		boolean hasPagination = response.page() != null || response.pageSize() != null || response.totalPages() != null
				|| response.totalRows() != null;
		Pagination pagination = hasPagination
				? new Pagination(orElse(response.page(), page), orElse(response.pageSize(), pageSize),
						orElse(response.totalPages(), -1), (response.totalRows() != null) ? response.totalRows() : -1)
				: null;
		return new AuditLogPage(response.rows(), null, hasMore(response, pagination, pageSize), pagination);
	}

	private static boolean hasMore(SourcePage response, @Nullable Pagination pagination, int pageSize) {
		if (pagination != null && pagination.totalPages() >= 0) {
			return pagination.page() < pagination.totalPages();
		}
		if (pagination != null && pagination.totalRows() >= 0) {
			return (long) pagination.page() * pagination.pageSize() < pagination.totalRows();
		}
		return response.rows().size() >= pageSize;
	}

	private static int orElse(@Nullable Integer value, int other) {
		return (value != null) ? value : other;
	}

	@Override
	public Mono<AuditLog> retrieve(String id) {
		return Mono.defer(() -> retrieve(id, organization(AuditLogQuery.all())));
	}

	@Override
	public Mono<AuditLog> retrieve(String id, String organization) {
		return Mono.defer(() -> {
			AuditLogQuery.Builder builder = AuditLogQuery.builder().organization(organization);
			Instant second = AuditLog.secondOf(id);
			if (second == null) {
				return Mono.error(notFound(id, organization));
			}
			AuditLogQuery query = builder.startTime(second)
				.endTime(second.plusSeconds(1))
				.pageSize(Math.min(this.pageSize, RETRIEVE_PAGE_SIZE))
				.build();
			ReadingListener listener = begin(Operation.RETRIEVE, query);
			Mono<AuditLog> entry = reader(query, listener).find(id)
				.switchIfEmpty(Mono.error(() -> notFound(id, organization)));
			return observed(entry, listener, (found) -> 1);
		});
	}

	private static AuditLogNotFoundException notFound(String id, String organization) {
		return new AuditLogNotFoundException("The audit log of organization '" + organization + "' has no entry of id '"
				+ id + "'. Check the id (the value of AuditLog.id()) and the organization; Turso may have removed the"
				+ " entry, if it was an old one.");
	}

	@Override
	public Flux<AuditLog> streamAll() {
		return streamAll(AuditLogQuery.all());
	}

	@Override
	public Flux<AuditLog> streamAll(AuditLogQuery query) {
		return stream(Operation.STREAM_ALL, query, (reader) -> reader.entries(this.concurrency), (entry) -> 1);
	}

	@Override
	public Flux<AuditLogPage> streamPages(AuditLogQuery query) {
		return stream(Operation.STREAM_PAGES, query, (reader) -> reader.pages(this.concurrency),
				DefaultAuditLogClient::entries);
	}

	@Override
	public Flux<AuditLogPage> follow(AuditLogQuery query) {
		if (query.order() == Order.DESC) {
			return Flux.error(() -> new IllegalArgumentException(
					"order DESC is not supported by follow, which reads oldest first. Leave order out."));
		}
		if (query.endTime() != null) {
			return Flux.error(() -> new IllegalArgumentException(
					"endTime is not supported by follow, which has no end. Leave endTime out, or use streamPages."));
		}
		return stream(Operation.FOLLOW, query, (reader) -> new LogFollower(reader, this.followSettings).pages(),
				DefaultAuditLogClient::entries);
	}

	private <T> Flux<T> stream(Operation operation, AuditLogQuery query, Function<LogReader, Flux<T>> reading,
			ToIntFunction<T> entries) {
		return Flux.defer(() -> {
			if (query.page() != null) {
				throw new IllegalArgumentException("page is not supported by streams: it is for list, which reads one"
						+ " numbered page. Leave page out, or resume with a pageToken.");
			}
			ReadingListener listener = begin(operation, query);
			Flux<T> stream = counted(reading.apply(reader(query, listener)), listener, entries);
			boolean observesItself = operation == Operation.FOLLOW;
			return observesItself ? stream : listener.observe(stream);
		});
	}

	private static <T> Mono<T> observed(Mono<T> result, ReadingListener listener, ToIntFunction<T> entries) {
		return (listener == ReadingListener.NONE) ? result
				: listener.observe(counted(result.flux(), listener, entries)).singleOrEmpty();
	}

	private static <T> Flux<T> counted(Flux<T> stream, ReadingListener listener, ToIntFunction<T> entries) {
		return (listener == ReadingListener.NONE) ? stream
				: stream.doOnNext((element) -> listener.onEmitted(entries.applyAsInt(element)));
	}

	private static int entries(AuditLogPage page) {
		return page.auditLogs().size();
	}

	private ReadingListener begin(Operation operation, AuditLogQuery query) {
		return this.observer.begin(operation, organization(query), query);
	}

	private LogReader reader(AuditLogQuery query, ReadingListener listener) {
		String organization = organization(query);
		return new LogReader(this.endpoint.of(organization, listener), organization, query, pageSize(query), listener);
	}

	private int pageSize(AuditLogQuery query) {
		return (query.pageSize() != null) ? query.pageSize() : this.pageSize;
	}

	private String organization(AuditLogQuery query) {
		String organization = (query.organization() != null) ? query.organization() : this.defaultOrganization;
		if (organization == null) {
			throw new IllegalArgumentException(
					"No organization to read: set turso.organization, or name one in the query");
		}
		return organization;
	}

}
