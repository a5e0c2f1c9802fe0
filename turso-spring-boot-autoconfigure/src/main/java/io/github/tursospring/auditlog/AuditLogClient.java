package io.github.tursospring.auditlog;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the audit log of a Turso organization.
 * <p>
 * Every method is cold and lazy: nothing is requested before subscription, and each
 * subscription reads anew with state of its own. A client is safe for use by any number
 * of threads and subscribers at once. Signals arrive on the HTTP client's or Reactor's
 * own threads and must not be blocked there.
 * <p>
 * A failure never ends a stream as if it were complete: it is signalled as a
 * {@link TursoException}, after everything that had been read before it. What the caller
 * got wrong (a malformed organization or page token, an unsupported combination) is
 * signalled as an {@link IllegalArgumentException} before any request is made.
 *
 * @since 0.1.0
 */
public interface AuditLogClient {

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
	 * {@code pageSize} while more follow, where the server answers smaller pages than it
	 * was asked for.
	 * @param query what to read
	 * @return the page
	 */
	Mono<AuditLogPage> list(AuditLogQuery query);

	/**
	 * Find an entry of the default organization by its {@link AuditLog#id() id}.
	 * <p>
	 * The log is bisected on the second that the id holds, mostly with requests for a
	 * single row; the log is not scanned.
	 * @param id the id
	 * @return the entry, or an {@link AuditLogNotFoundException} where the log holds none
	 * of that id; an id of another form is not found without a request
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
	 * Emit the entries of {@link #streamAll(AuditLogQuery)} in batches as they are
	 * fetched. Each page, the last one too, carries the token to go on after it: passed
	 * as {@link AuditLogQuery.Builder#pageToken(String) pageToken} with the same
	 * organization, order, range and filters, it resumes right after that page's last
	 * entry.
	 * @param query what to read
	 * @return the pages; none is empty, save that a stream whose end held no matching
	 * entry closes with an empty page to carry the last position
	 */
	Flux<AuditLogPage> streamPages(AuditLogQuery query);

	/**
	 * Emit the entries that match the query, oldest first, and go on with new ones as
	 * they appear. Never completes: at the head of the log it polls. The token of each
	 * page says exactly what has been delivered: kept once the page has been dealt with,
	 * it is where a later follow goes on.
	 * @param query where to start (its token, else its start time, else the oldest entry)
	 * and what to deliver
	 * @return the pages
	 */
	Flux<AuditLogPage> follow(AuditLogQuery query);

}
