package io.github.tursospring.sample.archive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

import io.github.tursospring.auditlog.AuditLog;

/**
 * An entry as it is in the archive.
 *
 * @param sequence its number in the archive: consecutive over all organizations, in the
 * order in which entries were committed
 * @param second its epoch second
 * @param facet what it is counted by
 * @param resource what it is about
 * @param text what a search for text looks through
 * @param json its canonical JSON
 * @param hash its hash in the chain, in hexadecimal digits
 */
public record ArchivedEntry(long sequence, long second, Facet facet, String resource, String text, String json,
		String hash) {

	private static final String QUERY = "select entry.sequence, entry.second, entry.resource, entry.text,"
			+ " facet.organization, facet.kind, facet.code, facet.author, facet.origin, content.json, content.hash"
			+ " from (select * from entry where %1$s order by %2$s limit ?) entry"
			+ " join facet on facet.id = entry.facet_id join content on content.sequence = entry.sequence order by %2$s";

	/**
	 * Return a query of entries, whose last parameter is how many at most.
	 * @param condition a condition on the table {@code entry}
	 * @param order the order, by columns of the table {@code entry}
	 * @return the query
	 */
	public static String query(String condition, String order) {
		return QUERY.formatted(condition, order);
	}

	/**
	 * Read an entry from a row.
	 * @param row the row
	 * @return the entry
	 * @throws SQLException if that fails
	 */
	public static ArchivedEntry of(ResultSet row) throws SQLException {
		Facet facet = new Facet(row.getString(5), ActionKind.ofName(row.getString(6)), row.getString(7),
				row.getString(8), row.getString(9));
		return new ArchivedEntry(row.getLong(1), row.getLong(2), facet, row.getString(3), row.getString(4),
				row.getString(10), HexFormat.of().formatHex(row.getBytes(11)));
	}

	/**
	 * Return the entry itself.
	 * @return the entry
	 */
	public AuditLog entry() {
		return CanonicalJson.read(this.json);
	}

}
