package io.github.tursospring.sample.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Repository;

import io.github.tursospring.sample.archive.ArchiveDatabase;

/**
 * Reads the seals.
 */
@Repository
public class Seals {

	static final String COLUMNS = "select seal.organization, seal.day, seal.first_sequence, seal.last_sequence,"
			+ " seal.entries, seal.head, seal.previous, seal.signature, seal.public_key, seal.sealed_at";

	static final String QUERY = COLUMNS + " from seal where organization = ?";

	private final ArchiveDatabase database;

	Seals(ArchiveDatabase database) {
		this.database = database;
	}

	/**
	 * Return the seals of an organization.
	 * @param organization the organization's slug
	 * @return the seals, in the order of their days
	 */
	public List<Seal> all(String organization) {
		return this.database.sql(QUERY + " order by day").param(organization).query(Seals::seal).list();
	}

	/**
	 * Return the last seal of an organization.
	 * @param organization the organization's slug
	 * @return the seal, empty if there is none
	 */
	public Optional<Seal> last(String organization) {
		return this.database.sql(QUERY + " order by day desc limit 1")
			.param(organization)
			.query(Seals::seal)
			.optional();
	}

	/**
	 * Return the seal that covers an entry.
	 * @param organization the organization's slug
	 * @param sequence the entry's sequence number
	 * @return the seal, empty if the entry is not sealed yet
	 */
	public Optional<Seal> of(String organization, long sequence) {
		return this.database.sql(QUERY + " and first_sequence <= ? and last_sequence >= ? and entries > 0")
			.params(organization, sequence, sequence)
			.query(Seals::seal)
			.optional();
	}

	/**
	 * Return the last day that is sealed.
	 * @return the day for each organization that has a seal
	 */
	public Map<String, String> lastDays() {
		return this.database.sql("select organization, max(day) from seal group by organization")
			.query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	static Seal seal(ResultSet row, int number) throws SQLException {
		long entries = row.getLong(5);
		return new Seal(row.getString(1), LocalDate.parse(row.getString(2)), sequence(row.getLong(3), entries),
				sequence(row.getLong(4), entries), entries, row.getString(6), row.getString(7), row.getString(8),
				row.getString(9), Instant.parse(row.getString(10)));
	}

	private static @Nullable Long sequence(long stored, long entries) {
		return (entries > 0) ? stored : null;
	}

}
