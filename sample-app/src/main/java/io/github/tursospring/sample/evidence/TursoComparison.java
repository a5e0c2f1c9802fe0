package io.github.tursospring.sample.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.sample.archive.ArchivedEntry;
import io.github.tursospring.sample.archive.CanonicalJson;
import io.github.tursospring.sample.archive.ChainState;
import io.github.tursospring.sample.evidence.Finding.Findings;
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

	/** How late an entry may appear in Turso, and then in the archive. */
	private static final Duration LATENESS = Duration.ofMinutes(1);

	private final ObjectProvider<AuditLogClient> client;

	private final EntrySearch entries;

	TursoComparison(ObjectProvider<AuditLogClient> client, EntrySearch entries) {
		this.client = client;
		this.entries = entries;
	}

	/**
	 * Compare the log of an organization with its archive, {@code null} if there is none,
	 * and return what the comparison says nothing about. Retention has removed what is up
	 * to a seal.
	 */
	List<String> compare(String organization, @Nullable ChainState state, @Nullable Seal lastRemoved,
			Findings findings) {
		long recent = Clock.systemUTC().instant().minus(LATENESS).getEpochSecond();
		Comparison comparison = new Comparison(findings,
				(state != null && lastRemoved != null) ? oldestKept(state, lastRemoved) : Long.MIN_VALUE,
				(state != null) ? state.newest() : Long.MIN_VALUE, recent);
		Flux<Item> archived = archived(organization, (state != null) ? state.lastSequence() : 0);
		List<Item> ofSecond = new ArrayList<>();
		for (Item item : Flux.mergeComparing(Comparator.comparing(Item::second), archived, inTurso(organization))
			.toIterable()) {
			if (!ofSecond.isEmpty() && ofSecond.get(0).second() != item.second()) {
				comparison.compare(ofSecond);
				ofSecond.clear();
			}
			ofSecond.add(item);
		}
		if (!ofSecond.isEmpty()) {
			comparison.compare(ofSecond);
		}
		comparison.end(oldestInTurso(organization));
		return List.of("Entries that Turso no longer has: " + comparison.compared + " were compared with Turso.",
				comparison.newer + " entries of Turso are too new to be missed in the archive.");
	}

	/**
	 * What the chain tells of its oldest entry is not proven; the seal is. A late entry
	 * of its day let retention remove entries of the next one, too, but not many.
	 */
	private long oldestKept(ChainState state, Seal lastRemoved) {
		long nextDay = lastRemoved.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
		return this.entries.oldestFirst(Search.of(state.organization()), 1, Position.start(state.lastSequence()))
			.entries()
			.stream()
			.map((oldest) -> Math.max(nextDay, Math.min(oldest.second(), nextDay + Sealer.LATENESS.toSeconds())))
			.findFirst()
			.orElse(nextDay);
	}

	private Flux<Item> inTurso(String organization) {
		return this.client.getObject()
			.streamAll((query) -> query.organization(organization).order(Order.ASC).pageSize(1000))
			.map((entry) -> new Item(second(entry), null, "entry " + entry.id(), CanonicalJson.write(entry)));
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

	private Flux<Item> archived(String organization, long lastSequence) {
		return this.entries.pages(Search.of(organization), Position.start(lastSequence))
			.concatMapIterable(EntryPage::entries, 1)
			.map(Item::of);
	}

	private static long second(AuditLog entry) {
		return (entry.createdAt() != null) ? entry.createdAt().getEpochSecond() : 0;
	}

	/**
	 * An entry of the archive or, without a sequence number, of Turso.
	 */
	private record Item(long second, @Nullable Long sequence, String name, String json) {

		static Item of(ArchivedEntry archived) {
			return new Item(archived.second(), archived.sequence(), "entry " + archived.sequence(), archived.json());
		}

	}

	/**
	 * The state of a comparison. What Turso has is expected in the archive from the
	 * second that its retention kept to the newest one that is certain to be archived.
	 */
	private static final class Comparison {

		private final Findings findings;

		private final long kept;

		private final long newest;

		private final long recent;

		private final List<Item> onlyArchived = new ArrayList<>();

		private long oldest = Long.MAX_VALUE;

		private long compared;

		private long behind;

		private long newer;

		Comparison(Findings findings, long kept, long newest, long recent) {
			this.findings = findings;
			this.kept = kept;
			this.newest = newest;
			this.recent = recent;
		}

		/** Compare the entries of a second. */
		void compare(List<Item> items) {
			long second = items.get(0).second();
			Map<String, Deque<Item>> archived = new LinkedHashMap<>();
			List<Item> missing = new ArrayList<>();
			for (Item item : items) {
				if (item.sequence() != null) {
					archived.computeIfAbsent(item.json(), (json) -> new ArrayDeque<>()).add(item);
				}
				else {
					missing.add(item);
				}
			}
			this.oldest = missing.isEmpty() ? this.oldest : Math.min(this.oldest, second);
			this.compared += missing.size();
			missing.removeIf((item) -> archived.getOrDefault(item.json(), new ArrayDeque<>()).poll() != null);
			Deque<Item> others = new ArrayDeque<>();
			archived.values().forEach(others::addAll);
			if (second > this.recent) {
				this.newer += missing.size();
			}
			else if (second > this.newest) {
				this.behind += missing.size();
			}
			else if (second >= this.kept) {
				missing.forEach((item) -> this.findings.add(missing(item, others.poll())));
			}
			if (second > this.oldest) {
				this.onlyArchived.addAll(others);
			}
		}

		private static Finding missing(Item inTurso, @Nullable Item archived) {
			return (archived != null && archived.sequence() != null)
					? Finding.ofEntry("turso-changed", archived.sequence(),
							"Entry " + archived.sequence() + " differs from " + inTurso.name() + " of Turso")
					: Finding.ofChain("turso-missing", "The archive does not have " + inTurso.name() + " of Turso");
		}

		/** Report what Turso does not have, apart from what it has removed. */
		void end(long oldestRemaining) {
			if (this.behind > 0) {
				this.findings.add(Finding.ofChain("turso-newer", "Turso has " + this.behind
						+ " entries that are newer than all of the archive: the newest ones were removed, or are not"
						+ " archived yet. Let the console archive them, and verify again"));
			}
			for (Item item : this.onlyArchived) {
				if (item.sequence() != null && item.second() > oldestRemaining) {
					this.findings
						.add(Finding.ofEntry("turso-added", item.sequence(), "Turso does not have " + item.name()));
				}
			}
		}

	}

}
