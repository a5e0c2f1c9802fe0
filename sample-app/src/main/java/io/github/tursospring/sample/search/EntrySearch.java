package io.github.tursospring.sample.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Repository;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchiveDatabase;
import io.github.tursospring.sample.archive.ArchivedEntry;

/**
 * Finds entries. Pages are read by key, so that a later page costs as much as the first.
 */
@Repository
public class EntrySearch {

	private static final String NEWEST_FIRST = "entry.second desc, entry.sequence desc";

	private static final String OLDEST_FIRST = "entry.second, entry.sequence";

	private static final String OF_ORGANIZATION = " and entry.facet_id in (select id from facet where organization = ?)";

	private static final int PAGE = 200;

	private final ArchiveDatabase database;

	private final Archive archive;

	EntrySearch(ArchiveDatabase database, Archive archive) {
		this.database = database;
		this.archive = archive;
	}

	/** Find entries, the newest first. */
	public EntryPage newestFirst(Search search, int limit, @Nullable Position after) {
		return page(search, limit, after, false);
	}

	/** Find entries, the oldest first. */
	public EntryPage oldestFirst(Search search, int limit, @Nullable Position after) {
		return page(search, limit, after, true);
	}

	/**
	 * Read all pages, the oldest entries first. A page is read once the one before it has
	 * been taken: a slow reader holds a page or two, and no connection.
	 */
	public Flux<EntryPage> pages(Search search, @Nullable Position after) {
		return nextPage(search, after)
			.expand((page) -> (page.next() != null) ? nextPage(search, page.next()) : Mono.<EntryPage>empty());
	}

	private Mono<EntryPage> nextPage(Search search, @Nullable Position after) {
		return Mono.fromCallable(() -> oldestFirst(search, PAGE, after)).subscribeOn(Schedulers.boundedElastic());
	}

	private EntryPage page(Search search, int limit, @Nullable Position after, boolean ascending) {
		long head = (after != null) ? after.head() : this.archive.head();
		List<Object> parameters = new ArrayList<>();
		StringBuilder condition = new StringBuilder("entry.second >= ? and entry.second < ?");
		parameters.add(search.fromSecond());
		parameters.add(search.toSecond());
		if (after != null) {
			// The first half is what the index is searched by
			condition.append(ascending ? " and entry.second >= ? and (entry.second, entry.sequence) > (?, ?)"
					: " and entry.second <= ? and (entry.second, entry.sequence) < (?, ?)");
			parameters.addAll(List.of(after.second(), after.second(), after.sequence()));
		}
		condition.append(" and entry.sequence <= ?");
		parameters.add(head);
		String ofFacet = search.facetCondition(parameters);
		if (ofFacet != null) {
			condition.append(" and entry.facet_id in (select id from facet where ").append(ofFacet).append(')');
		}
		if (search.text() != null) {
			condition.append(" and ").append(this.database.contains("entry.text"));
			parameters.add(search.text());
		}
		parameters.add(limit + 1);
		List<ArchivedEntry> found = this.database
			.sql(ArchivedEntry.query(condition.toString(), ascending ? OLDEST_FIRST : NEWEST_FIRST))
			.params(parameters)
			.query(Archive.bounded());
		List<ArchivedEntry> entries = found.subList(0, Math.min(found.size(), limit));
		return new EntryPage(entries, next(found, entries, head, limit), head);
	}

	private static @Nullable Position next(List<ArchivedEntry> found, List<ArchivedEntry> entries, long head,
			int limit) {
		boolean more = found.size() > limit || Archive.isCut(found);
		return (more && !entries.isEmpty()) ? Position.after(entries.get(entries.size() - 1), head) : null;
	}

	/** Find an entry, among all that share its second, and what surrounds it. */
	public Optional<Surroundings> find(String organization, String id, int limit) {
		Instant second = AuditLog.secondOf(id);
		if (second == null) {
			throw new IllegalArgumentException("id must be an entry's, such as 1703065568-<32 hexadecimal digits>");
		}
		Search ofSecond = new Search(organization, second, second.plusSeconds(1), Map.of(), null);
		ArchivedEntry entry = null;
		int occurrences = 0;
		Position next = Position.start(this.archive.head());
		while (next != null) {
			EntryPage page = oldestFirst(ofSecond, PAGE, next);
			for (ArchivedEntry found : page.entries()) {
				if (found.entry().id().equals(id)) {
					entry = (entry != null) ? entry : found;
					occurrences++;
				}
			}
			next = page.next();
		}
		return (entry != null) ? Optional.of(surroundings(entry, occurrences, limit)) : Optional.empty();
	}

	private Surroundings surroundings(ArchivedEntry entry, int occurrences, int limit) {
		String organization = entry.facet().organization();
		Search all = Search.of(organization);
		Position here = Position.after(entry, Long.MAX_VALUE);
		List<ArchivedEntry> before = new ArrayList<>(newestFirst(all, limit, here).entries());
		Collections.reverse(before);
		List<ArchivedEntry> sameAuthor = newestFirst(
				all.with(Field.AUTHOR, new Choice(Set.of(entry.facet().author()), Set.of())), limit + 1, null)
			.entries();
		return new Surroundings(entry, occurrences, before, oldestFirst(all, limit, here).entries(),
				sameAuthor.stream().filter((other) -> other.sequence() != entry.sequence()).limit(limit).toList(),
				sameResource(entry, limit));
	}

	private List<ArchivedEntry> sameResource(ArchivedEntry entry, int limit) {
		if (entry.resource().isEmpty()) {
			return List.of();
		}
		return this.database
			.sql(ArchivedEntry.query("entry.resource = ?" + OF_ORGANIZATION + " and entry.sequence <> ?", NEWEST_FIRST))
			.params(entry.resource(), entry.facet().organization(), entry.sequence(), limit)
			.query(Archive.bounded());
	}

	/**
	 * An entry and what surrounds it.
	 */
	public record Surroundings(ArchivedEntry entry, int occurrences, List<ArchivedEntry> before,
			List<ArchivedEntry> after, List<ArchivedEntry> sameAuthor, List<ArchivedEntry> sameResource) {
	}

}
