package io.github.tursospring.sample.evidence;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.sample.archive.CanonicalJson;
import io.github.tursospring.sample.archive.ChainState;
import io.github.tursospring.sample.search.EntryPage;
import io.github.tursospring.sample.search.EntrySearch;
import io.github.tursospring.sample.search.Position;
import io.github.tursospring.sample.search.Search;

/**
 * Compares the archive with what Turso still has, second by second: both are read once,
 * oldest first. Entries that share a second have no order.
 */
@Component
class TursoComparison {

	private static final int PAGE = 1000;

	/** How late an entry may appear in Turso, and then in the archive. */
	private static final Duration LATENESS = Duration.ofMinutes(1);

	private final ObjectProvider<AuditLogClient> client;

	private final EntrySearch entries;

	TursoComparison(ObjectProvider<AuditLogClient> client, EntrySearch entries) {
		this.client = client;
		this.entries = entries;
	}

	/**
	 * Compare the log of an organization.
	 * @param organization the organization's slug
	 * @param state where the archive stands, {@code null} if nothing is archived
	 * @param findings where to add what differs
	 * @return what the comparison says nothing about
	 */
	List<String> compare(String organization, @Nullable ChainState state, Findings findings) {
		long recent = Clock.systemUTC().instant().minus(LATENESS).getEpochSecond();
		long newest = Math.min(recent, (state != null) ? state.newest() : Long.MIN_VALUE);
		long kept = (state != null && state.anchorSequence() > 0) ? state.oldest() : Long.MIN_VALUE;
		Seconds archived = new Seconds(archived(organization, (state != null) ? state.lastSequence() : 0).iterator());
		List<Item> onlyArchived = new ArrayList<>();
		long compared = 0;
		long newer = 0;
		long oldest;
		try (Stream<Item> stream = inTurso(organization)) {
			Seconds inTurso = new Seconds(stream.iterator());
			oldest = inTurso.second();
			while (archived.hasNext() || inTurso.hasNext()) {
				long second = Math.min(archived.second(), inTurso.second());
				List<Item> here = archived.take(second);
				List<Item> there = inTurso.take(second);
				compared += there.size();
				removeCommon(here, there);
				if (second > newest) {
					newer += there.size();
				}
				if (second > newest || second < kept) {
					there = List.of();
				}
				for (int i = 0; i < there.size(); i++) {
					findings.add(missing(there.get(i), (i < here.size()) ? here.get(i) : null));
				}
				onlyArchived.addAll(here.subList(Math.min(here.size(), there.size()), here.size()));
			}
		}
		long remaining = Math.max(oldest, oldestInTurso(organization));
		onlyArchived.stream()
			.filter((item) -> item.second() > remaining)
			.map((item) -> Finding.ofEntry("turso-added", item.sequence(),
					"Turso does not have entry " + item.sequence() + ", " + item.id()))
			.forEach(findings::add);
		return List.of("Entries that Turso no longer has: " + compared + " were compared with Turso.",
				newer + " entries of Turso are too new to be missed in the archive.");
	}

	/** Leave of both sides what the other one does not have. */
	private static void removeCommon(List<Item> here, List<Item> there) {
		Map<String, Deque<Item>> archived = new HashMap<>();
		here.forEach((item) -> archived.computeIfAbsent(item.json(), (json) -> new ArrayDeque<>()).add(item));
		there.removeIf((item) -> archived.getOrDefault(item.json(), new ArrayDeque<>()).poll() != null);
		here.removeIf((item) -> !archived.getOrDefault(item.json(), new ArrayDeque<>()).contains(item));
	}

	private static Finding missing(Item inTurso, @Nullable Item archived) {
		return (archived != null)
				? Finding.ofEntry("turso-changed", archived.sequence(),
						"Entry " + archived.sequence() + " differs from what Turso has: " + inTurso.id())
				: Finding.ofChain("turso-missing", "The archive does not have the entry " + inTurso.id() + " of Turso");
	}

	private Stream<Item> inTurso(String organization) {
		return this.client.getObject()
			.streamAll((query) -> query.organization(organization).order(Order.ASC).pageSize(PAGE))
			.map((entry) -> new Item(second(entry), 0, entry.id(), CanonicalJson.write(entry)))
			.toStream(PAGE);
	}

	/** Retention may have removed the oldest entries while they were compared. */
	private long oldestInTurso(String organization) {
		return this.client.getObject()
			.streamAll((query) -> query.organization(organization).order(Order.ASC))
			.next()
			.map(TursoComparison::second)
			.blockOptional()
			.orElse(Long.MAX_VALUE);
	}

	private Stream<Item> archived(String organization, long lastSequence) {
		Search search = Search.of(organization);
		Position start = Position.start(lastSequence);
		return Stream
			.iterate(this.entries.oldestFirst(search, PAGE, start), Objects::nonNull,
					(EntryPage page) -> (page.next() != null) ? this.entries.oldestFirst(search, PAGE, page.next())
							: null)
			.flatMap((page) -> page.entries().stream())
			.map((entry) -> new Item(entry.second(), entry.sequence(), entry.entry().id(), entry.json()));
	}

	private static long second(AuditLog entry) {
		return (entry.createdAt() != null) ? entry.createdAt().getEpochSecond() : 0;
	}

	private record Item(long second, long sequence, String id, String json) {
	}

	/**
	 * Takes items second by second.
	 */
	private static final class Seconds {

		private final Iterator<Item> items;

		private @Nullable Item next;

		Seconds(Iterator<Item> items) {
			this.items = items;
			advance();
		}

		private void advance() {
			this.next = this.items.hasNext() ? this.items.next() : null;
		}

		boolean hasNext() {
			return this.next != null;
		}

		long second() {
			return (this.next != null) ? this.next.second() : Long.MAX_VALUE;
		}

		List<Item> take(long second) {
			List<Item> taken = new ArrayList<>();
			while (this.next != null && this.next.second() == second) {
				taken.add(this.next);
				advance();
			}
			return taken;
		}

	}

}
