package io.github.tursospring.sample.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Repository;

import io.github.tursospring.sample.archive.ArchiveDatabase;

/**
 * Reads the seals.
 */
@Repository
public class Seals {

	static final String QUERY = "select * from seal where organization = ?";

	private final ArchiveDatabase database;

	Seals(ArchiveDatabase database) {
		this.database = database;
	}

	/** Return the seals of an organization. */
	public List<Seal> all(String organization) {
		return this.database.sql(QUERY + " order by day").param(organization).query(Seals::seal).list();
	}

	/** Return the seal that covers an entry. */
	public Optional<Seal> of(String organization, long sequence) {
		return this.database.sql(QUERY + " and first_sequence <= ? and last_sequence >= ? and entries > 0")
			.params(organization, sequence, sequence)
			.query(Seals::seal)
			.optional();
	}

	/** Return the last day that is sealed. */
	public Map<String, String> lastDays() {
		return this.database.sql("select organization, max(day) from seal group by organization")
			.query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static @Nullable Long sequence(long stored) {
		return (stored != 0) ? stored : null;
	}

	static Seal seal(ResultSet row, int number) throws SQLException {
		try {
			return new Seal(row.getString("organization"), LocalDate.parse(row.getString("day")),
					sequence(row.getLong("first_sequence")), sequence(row.getLong("last_sequence")),
					row.getLong("entries"), row.getString("head"), row.getString("previous"),
					row.getString("signature"), row.getString("public_key"), Instant.parse(row.getString("sealed_at")));
		}
		catch (DateTimeParseException ex) {
			throw new DataIntegrityViolationException("The seal of '" + row.getString("day")
					+ "' cannot be read, since it was changed: '" + ex.getParsedString() + "' is no time", ex);
		}
	}

}
