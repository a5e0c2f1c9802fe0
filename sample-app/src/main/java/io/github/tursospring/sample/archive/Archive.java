package io.github.tursospring.sample.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

/**
 * Reads the archive.
 */
@Repository("archiveReader")
public class Archive {

	/** About how much JSON is held at once by whoever reads entries. */
	private static final int MAX_CHARACTERS = 1_000_000;

	/** The day of an entry, in SQL; division alone rounds up what is before 1970. */
	public static final String DAY = "(second - (second % 86400 + 86400) % 86400) / 86400";

	private final ArchiveDatabase database;

	Archive(ArchiveDatabase database) {
		this.database = database;
	}

	/** Return the sequence number of the newest entry. */
	public long head() {
		return this.database.sql("select sequence from archive_head").query(Long.class).single();
	}

	/** Return the complete entries after one, in the order of their numbers. */
	public List<ArchivedEntry> after(long sequence, int limit) {
		return this.database.sql(ArchivedEntry.queryComplete("entry.sequence > ?", "entry.sequence"))
			.params(sequence, limit)
			.query(bounded());
	}

	/** Return what reads entries from rows, and stops when they are large. */
	public static ResultSetExtractor<List<ArchivedEntry>> bounded() {
		return (rows) -> {
			List<ArchivedEntry> entries = new ArrayList<>();
			long characters = 0;
			while (characters < MAX_CHARACTERS && rows.next()) {
				ArchivedEntry entry = ArchivedEntry.of(rows);
				characters += entry.json().length();
				entries.add(entry);
			}
			return entries;
		};
	}

	/** Return whether reading entries stopped because they are large. */
	public static boolean isCut(List<ArchivedEntry> entries) {
		return entries.stream().mapToLong((entry) -> entry.json().length()).sum() >= MAX_CHARACTERS;
	}

	/** Return where the chains stand. */
	public List<ChainState> chains() {
		return this.database.sql(ChainState.QUERY + " order by name").query(ChainState.class).list();
	}

	/** Return where the chain of an organization stands. */
	public Optional<ChainState> chain(String organization) {
		return this.database.sql(ChainState.QUERY + " where name = ?")
			.param(organization)
			.query(ChainState.class)
			.optional();
	}

	/** Return the organizations of all entries, with or without a chain. */
	public List<String> organizations() {
		return this.database.sql("select distinct organization from facet").query(String.class).list();
	}

	/** Return the numbers of all entries of an organization outside of a range. */
	public List<Long> outside(String organization, long first, long last) {
		return this.database
			.sql("select sequence from entry where (sequence < ? or sequence > ?)"
					+ " and facet_id in (select id from facet where organization = ?) order by sequence")
			.params(first, last, organization)
			.query(Long.class)
			.list();
	}

	/**
	 * Return the numbers of the entries of an organization that have a value which is
	 * shown, but not found by searches.
	 */
	public List<Long> mistyped(String organization) {
		String ofText = Stream.of("resource", "text", "organization", "kind", "code", "author", "origin")
			.map((column) -> " or " + this.database.isOfAnotherType(column, "text"))
			.collect(Collectors.joining());
		return this.database
			.sql("select sequence from entry join facet on facet.id = entry.facet_id"
					+ " where cast(organization as text) = ? and (" + this.database.isOfAnotherType("second", "integer")
					+ ofText + ") order by sequence")
			.param(organization)
			.query(Long.class)
			.list();
	}

	/**
	 * Return the days (UTC) of an organization whose counts are not those of its entries.
	 */
	public List<LocalDate> miscounted(String organization) {
		return this.database
			.sql("select distinct day from (select day, facet_id from (select day, facet_id, entries from daily"
					+ " union all select " + DAY + " as day, facet_id, -count(*) from entry group by 1, 2) counts"
					+ " where facet_id in (select id from facet where organization = ?)"
					+ " group by day, facet_id having sum(entries) <> 0) miscounted order by day")
			.param(organization)
			.query((row, number) -> LocalDate.ofEpochDay(row.getLong(1)))
			.list();
	}

	/** Return all facets. */
	public Map<Integer, Facet> facets() {
		Map<Integer, Facet> facets = new HashMap<>();
		RowCallbackHandler row = (facet) -> facets.put(facet.getInt("id"), Facet.of(facet));
		this.database.sql("select * from facet").query(row);
		return facets;
	}

	/** Return the gaps of an organization. */
	public List<Gap> gaps(String organization) {
		return this.database
			.sql("select organization, after_second, before_second, detected_at from gap where organization = ?"
					+ " order by after_second")
			.param(organization)
			.query((row, number) -> new Gap(row.getString(1), Instant.ofEpochSecond(row.getLong(2)),
					Instant.ofEpochSecond(row.getLong(3)), Instant.ofEpochSecond(row.getLong(4))))
			.list();
	}

	/**
	 * Entries that Turso's retention may have removed before they were archived.
	 */
	public record Gap(String organization, Instant after, Instant before, Instant detectedAt) {
	}

}
