package io.github.tursospring.sample.search;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.activity.OrganizationActivity;
import io.github.tursospring.sample.RunningConsole;
import io.github.tursospring.sample.archive.ActionKind;
import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchivedEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what the database finds and counts is what a comparison with each entry
 * finds and counts, for random searches.
 */
class SearchTests {

	private static final MockEntry IMPORTED = MockEntry.of("db-create")
		.message("Imported")
		.createdAt(Instant.now().minus(Duration.ofDays(9)).truncatedTo(ChronoUnit.SECONDS));

	private static final int ENTRIES = 2000;

	private static final int SEARCHES = 100;

	private static final String FOLLOWED = "--turso.audit-logs.follow.organizations=acme,globex,initech";

	@TempDir
	private Path directory;

	private final Random random = new Random(7);

	@Test
	@Tag("slow")
	void sqliteShouldFindWhatMatches() {
		try (MockTursoServer turso = turso();
				RunningConsole console = RunningConsole.start(turso, this.directory, FOLLOWED)) {
			check(console);
		}
	}

	@Test
	@Tag("slow")
	void postgresqlShouldFindWhatMatches() throws Exception {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
				MockTursoServer turso = turso();
				RunningConsole console = RunningConsole.start(turso, postgres.getJdbcUrl("postgres", "postgres"),
						this.directory, FOLLOWED)) {
			check(console);
		}
	}

	private static MockTursoServer turso() {
		List<MockEntry> history = OrganizationActivity.of(3).history(ENTRIES, Duration.ofDays(40));
		return MockTursoServer.builder()
			.organization("acme", (log) -> log.add(history).add(MockEntry.of("odd").without("author")))
			.organization("globex", (log) -> log.add(OrganizationActivity.of(4).history(300, Duration.ofDays(40))))
			.organization("initech", (log) -> log.add(IMPORTED).add(imported()).add(IMPORTED))
			.start();
	}

	/** More entries of one second than are read at once. */
	private static List<MockEntry> imported() {
		return IntStream.range(0, 450).mapToObj((number) -> IMPORTED.message("Database " + number)).toList();
	}

	private void check(RunningConsole console) {
		console.awaitArchived(ENTRIES + 1 + 300 + 452);
		List<ArchivedEntry> all = all(console.bean(Archive.class));
		for (int i = 0; i < SEARCHES; i++) {
			Search search = anySearch(all);
			List<ArchivedEntry> expected = all.stream()
				.filter((entry) -> search.accepts(entry.second(), entry.facet(), entry.text()))
				.sorted(Comparator.comparing(ArchivedEntry::second).thenComparing(ArchivedEntry::sequence))
				.toList();
			checkEntries(console.bean(EntrySearch.class), search, expected);
			checkCounts(console.bean(CountSearch.class), search, expected, all);
		}
		checkFind(console.bean(EntrySearch.class), all);
	}

	private static void checkFind(EntrySearch entries, List<ArchivedEntry> all) {
		ArchivedEntry imported = all.stream()
			.filter((entry) -> "Imported".equals(entry.entry().message()))
			.findFirst()
			.orElseThrow();
		assertThat(entries.find("initech", imported.entry().id(), 5)).hasValueSatisfying((found) -> {
			assertThat(found.entry()).isEqualTo(imported);
			assertThat(found.occurrences()).isEqualTo(2);
		});
		assertThat(entries.find("globex", imported.entry().id(), 5)).isEmpty();
	}

	private static List<ArchivedEntry> all(Archive archive) {
		List<ArchivedEntry> all = new ArrayList<>();
		List<ArchivedEntry> page = archive.after(0, 700);
		while (!page.isEmpty()) {
			all.addAll(page);
			page = archive.after(page.get(page.size() - 1).sequence(), 700);
		}
		assertThat(all).extracting(ArchivedEntry::sequence).doesNotHaveDuplicates().isSorted();
		return all;
	}

	private void checkEntries(EntrySearch entries, Search search, List<ArchivedEntry> expected) {
		int limit = 1 + this.random.nextInt(500);
		List<ArchivedEntry> ascending = new ArrayList<>();
		EntryPage page = entries.oldestFirst(search, limit, null);
		ascending.addAll(page.entries());
		while (page.next() != null) {
			page = entries.oldestFirst(search, limit, Position.of(page.next().cursor()));
			ascending.addAll(page.entries());
		}
		assertThat(ascending).as(search.toString()).isEqualTo(expected);
		List<ArchivedEntry> newest = new ArrayList<>(entries.newestFirst(search, limit, null).entries());
		Collections.reverse(newest);
		assertThat(newest).as(search.toString())
			.isEqualTo(expected.subList(Math.max(0, expected.size() - limit), expected.size()));
	}

	private void checkCounts(CountSearch counts, Search search, List<ArchivedEntry> expected, List<ArchivedEntry> all) {
		HistogramUnit unit = List.of(HistogramUnit.values()).get(this.random.nextInt(4));
		Map<Instant, Map<ActionKind, Long>> bars = expected.stream()
			.collect(Collectors.groupingBy((entry) -> unit.startOf(entry.second()), TreeMap::new,
					Collectors.groupingBy((entry) -> entry.facet().kind(), Collectors.counting())));
		Histogram histogram = counts.histogram(search, unit);
		assertThat(histogram.total()).as(search.toString()).isEqualTo(expected.size());
		assertThat(histogram.bars()).as(search.toString())
			.isEqualTo(bars.entrySet().stream().map((bar) -> new Histogram.Bar(bar.getKey(), bar.getValue())).toList());
		Map<String, List<CountSearch.Count>> facets = counts.facets(search);
		assertThat(facets).containsOnlyKeys("code", "author", "origin");
		for (Field field : List.of(Field.CODE, Field.AUTHOR, Field.ORIGIN)) {
			assertThat(facets.get(field.value())).as(search.toString())
				.isEqualTo(values(all, search.with(field, Choice.ANY), (entry) -> field.of(entry.facet())));
		}
	}

	private static List<CountSearch.Count> values(List<ArchivedEntry> all, Search search,
			Function<ArchivedEntry, String> name) {
		return all.stream()
			.filter((entry) -> search.accepts(entry.second(), entry.facet(), entry.text()))
			.collect(Collectors.groupingBy(name, Collectors.counting()))
			.entrySet()
			.stream()
			.map((count) -> new CountSearch.Count(count.getKey(), count.getValue()))
			.sorted(Comparator.comparing(CountSearch.Count::count).reversed().thenComparing(CountSearch.Count::value))
			.limit(50)
			.toList();
	}

	private Search anySearch(List<ArchivedEntry> all) {
		Instant from = maybe(() -> Instant.ofEpochSecond(any(all).second()));
		Instant to = maybe(() -> Instant.ofEpochSecond(any(all).second()).plusMillis(1));
		boolean ordered = from == null || to == null || from.isBefore(to);
		Map<Field, Choice> choices = new EnumMap<>(Field.class);
		for (Field field : Field.values()) {
			if (this.random.nextBoolean()) {
				choices.put(field, choice(all, (entry) -> field.of(entry.facet())));
			}
		}
		String text = maybe(() -> {
			String searched = any(all).text();
			int start = this.random.nextInt(Math.max(1, searched.length() - 8));
			return searched.substring(start, Math.min(searched.length(), start + 1 + this.random.nextInt(8)));
		});
		return new Search(maybe(() -> any(all).facet().organization()), ordered ? from : to, ordered ? to : from,
				choices, text);
	}

	private Choice choice(List<ArchivedEntry> all, Function<ArchivedEntry, String> name) {
		Set<String> included = new HashSet<>();
		Set<String> excluded = new HashSet<>();
		for (int i = 0; i < this.random.nextInt(3); i++) {
			included.add(name.apply(any(all)));
		}
		if (this.random.nextInt(3) == 0) {
			excluded.add(name.apply(any(all)));
		}
		return new Choice(included, excluded);
	}

	private <T> T maybe(Supplier<T> value) {
		return (this.random.nextInt(3) == 0) ? value.get() : null;
	}

	private ArchivedEntry any(List<ArchivedEntry> all) {
		return all.get(this.random.nextInt(all.size()));
	}

}
