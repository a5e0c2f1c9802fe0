package io.github.tursospring.auditlog;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.internal.DefaultAuditLogClientBuilder;

/**
 * Reads the audit log of a Turso organization.
 * <p>
 * Every method is cold and lazy: nothing is requested before subscription, and each
 * subscription starts again, with its own state. A client can be used by any number of
 * threads and subscribers at the same time. Signals arrive on threads of the HTTP client
 * or Reactor, which must not be blocked.
 * <p>
 * A failure never ends a stream as if it were complete: it is signalled as a
 * {@link TursoException}, after everything that had been read before it. A mistake in a
 * query (a malformed organization or page token, an unsupported combination) is signalled
 * as an {@link IllegalArgumentException} before any request.
 *
 * @since 0.1.0
 */
public interface AuditLogClient {

	/** Base URL of Turso's API. */
	URI DEFAULT_BASE_URL = URI.create("https://api.turso.tech");

	/**
	 * Key of the Reactor context of a subscription without retries: a transient failure
	 * is signalled at once, so that a health check shows it. The value does not matter.
	 */
	String NO_RETRIES = "turso.audit-logs.no-retries";

	/**
	 * Return the newest entries of the default organization.
	 * @return the page, of the configured page size
	 */
	Mono<AuditLogPage> list();

	/**
	 * Return one page of entries.
	 * <p>
	 * With {@link AuditLogQuery.Builder#page(int) page}, this is the API's own numbered
	 * page: one request, with {@link AuditLogPage#pagination() pagination} filled in and
	 * no token. Without it, the page holds up to {@code pageSize} entries that match the
	 * query, in its order, and a token for the next ones; it can be shorter than
	 * {@code pageSize} while more follow, where the server returns smaller pages than
	 * requested.
	 * @param query what to read
	 * @return the page
	 */
	Mono<AuditLogPage> list(AuditLogQuery query);

	/**
	 * Return one page of entries, as {@link #list(AuditLogQuery)} does. The query is
	 * built for each subscription.
	 * @param query sets what to read
	 * @return the page
	 */
	default Mono<AuditLogPage> list(Consumer<AuditLogQuery.Builder> query) {
		return Mono.defer(() -> list(AuditLogQuery.of(query)));
	}

	/**
	 * Find an entry of the default organization by its {@link AuditLog#id() id}.
	 * <p>
	 * The log is searched for the second that the id contains, mostly with requests for a
	 * single row, and not scanned.
	 * @param id the id
	 * @return the entry, or an {@link AuditLogNotFoundException} if the log has none of
	 * that id; text that does not have the form of an id is not found without a request
	 */
	Mono<AuditLog> retrieve(String id);

	/**
	 * Find an entry by its {@link AuditLog#id() id}, as {@link #retrieve(String)} does.
	 * @param id the id
	 * @param organization the slug of the organization whose log to search
	 * @return the entry, or an {@link AuditLogNotFoundException}
	 */
	Mono<AuditLog> retrieve(String id, String organization);

	/**
	 * Emit every entry of the default organization's log, newest first.
	 * @return the entries
	 * @see #streamAll(AuditLogQuery)
	 */
	Flux<AuditLog> streamAll();

	/**
	 * Emit every entry that matches the query: each one that was in the log when the
	 * first page was answered, once, in order, and nothing newer.
	 * <p>
	 * Pages are fetched as entries are requested: at most one page (at a
	 * {@code concurrency} of c, c pages) beyond the entries requested so far. Memory does
	 * not grow with the length of the log. Cancelling cancels the request in flight.
	 * @param query what to read
	 * @return the entries
	 */
	Flux<AuditLog> streamAll(AuditLogQuery query);

	/**
	 * Emit every entry that matches the query, as {@link #streamAll(AuditLogQuery)} does.
	 * The query is built for each subscription.
	 * @param query sets what to read
	 * @return the entries
	 */
	default Flux<AuditLog> streamAll(Consumer<AuditLogQuery.Builder> query) {
		return Flux.defer(() -> streamAll(AuditLogQuery.of(query)));
	}

	/**
	 * Emit the entries of {@link #streamAll(AuditLogQuery)} in batches as they are
	 * fetched. Each page, including the last one, has the token to resume after it:
	 * passed as {@link AuditLogQuery.Builder#pageToken(String) pageToken} with the same
	 * organization, order, range and filters, it resumes right after that page's last
	 * entry.
	 * @param query what to read
	 * @return the pages; none is empty, except the last one, which has the final position
	 * if no entry at the end of the log matched
	 */
	Flux<AuditLogPage> streamPages(AuditLogQuery query);

	/**
	 * Emit the entries that match the query in pages, as
	 * {@link #streamPages(AuditLogQuery)} does. The query is built for each subscription.
	 * @param query sets what to read
	 * @return the pages
	 */
	default Flux<AuditLogPage> streamPages(Consumer<AuditLogQuery.Builder> query) {
		return Flux.defer(() -> streamPages(AuditLogQuery.of(query)));
	}

	/**
	 * Emit the entries that match the query, oldest first, and then new ones as they
	 * appear. Never completes: at the head of the log it polls. Store the token of each
	 * page after the page has been handled, to resume right after it later.
	 * @param query where to start (its token, else its start time, else the oldest entry)
	 * and what to deliver
	 * @return the pages
	 */
	Flux<AuditLogPage> follow(AuditLogQuery query);

	/**
	 * Follow the log, as {@link #follow(AuditLogQuery)} does. The query is built for each
	 * subscription.
	 * @param query sets what to read
	 * @return the pages
	 */
	default Flux<AuditLogPage> follow(Consumer<AuditLogQuery.Builder> query) {
		return Flux.defer(() -> follow(AuditLogQuery.of(query)));
	}

	/**
	 * Return a builder of clients, for use without Spring Boot's auto-configuration.
	 * @return a new builder
	 */
	static Builder builder() {
		return new DefaultAuditLogClientBuilder();
	}

	/**
	 * Builder of clients. All settings but the API token have defaults. Not safe for use
	 * by several threads.
	 */
	interface Builder {

		/**
		 * Set the API token to authenticate with. Required.
		 * @param apiToken the token
		 * @return this builder
		 */
		Builder apiToken(String apiToken);

		/**
		 * Set the organization of queries that name none.
		 * @param organization the organization's slug, or {@code null} if every query
		 * names its own
		 * @return this builder
		 */
		Builder organization(@Nullable String organization);

		/**
		 * Set the base URL of Turso's API; {@link #DEFAULT_BASE_URL} if it is not set.
		 * @param baseUrl the base URL: https, or http to a loopback host
		 * @return this builder
		 */
		Builder baseUrl(URI baseUrl);

		/**
		 * Set the {@link WebClient} to send requests with. Its base URL is replaced. Its
		 * connector must not follow redirects, which would disclose the API token, and
		 * should have a read timeout.
		 * @param webClient supplies the prepared builder; called once, with the first
		 * request
		 * @return this builder
		 */
		Builder webClient(Supplier<? extends WebClient.Builder> webClient);

		/**
		 * Set the page size of queries that name none; 100 if it is not set.
		 * @param pageSize 1 to 1000
		 * @return this builder
		 */
		Builder pageSize(int pageSize);

		/**
		 * Set how many pages a stream may fetch at a time; 1 if it is not set.
		 * @param concurrency 1 to 64
		 * @return this builder
		 */
		Builder concurrency(int concurrency);

		/**
		 * Set the longest response to accept; 16 MB if it is not set.
		 * @param maxResponseSize the size
		 * @return this builder
		 */
		Builder maxResponseSize(DataSize maxResponseSize);

		/**
		 * Set how often a page is requested again after a transient failure; 4 times if
		 * it is not set.
		 * @param maxRetries 0 to 100
		 * @return this builder
		 */
		Builder maxRetries(int maxRetries);

		/**
		 * Set the waits between retries; 200 ms, doubled up to 10 seconds, if they are
		 * not set. Each wait is shortened at random by up to a half.
		 * @param delay the wait before the first retry, from 1 ms to a day
		 * @param multiplier the factor by which each further wait is longer, from 1 to
		 * 100
		 * @param maxDelay the longest wait, from 1 ms to a day
		 * @return this builder
		 */
		Builder retryBackoff(Duration delay, double multiplier, Duration maxDelay);

		/**
		 * Set the time limit for a complete response, for each attempt; one minute if it
		 * is not set.
		 * @param responseTimeout the time limit, from 1 ms to a day
		 * @return this builder
		 */
		Builder responseTimeout(Duration responseTimeout);

		/**
		 * Set the longest wait that the server may ask for; one minute if it is not set.
		 * @param maxRetryAfter the wait, at most a day; if the server asks for more, the
		 * request fails at once
		 * @return this builder
		 */
		Builder maxRetryAfter(Duration maxRetryAfter);

		/**
		 * Set how long a follow waits at the head of the log before it looks for new
		 * entries; 30 seconds if it is not set.
		 * @param pollInterval the interval, from 1 ms to a day
		 * @return this builder
		 */
		Builder pollInterval(Duration pollInterval);

		/**
		 * Set how far behind its position a follow looks for entries that appear late;
		 * one minute if it is not set.
		 * @param lookback the duration, at most a day; zero for not at all
		 * @return this builder
		 */
		Builder lookback(Duration lookback);

		/**
		 * Observe what the client reads.
		 * @param observationRegistry where observations are started
		 * @return this builder
		 */
		Builder observationRegistry(ObservationRegistry observationRegistry);

		/**
		 * Measure what the client reads.
		 * @param meterRegistry where meters are registered
		 * @return this builder
		 */
		Builder meterRegistry(MeterRegistry meterRegistry);

		/**
		 * Build the client. The builder can be used again.
		 * @return the client
		 * @throws IllegalStateException if there is no API token
		 */
		AuditLogClient build();

	}

}
