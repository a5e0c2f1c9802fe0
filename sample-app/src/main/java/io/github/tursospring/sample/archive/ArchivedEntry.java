package io.github.tursospring.sample.archive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

import org.springframework.dao.DataIntegrityViolationException;

import io.github.tursospring.auditlog.AuditLog;

/**
 * An entry as it is in the archive. Its sequence number is consecutive over all
 * organizations, in the order in which entries were committed; its text is what a search
 * looks through; its JSON is canonical; its hash in the chain is in hexadecimal digits.
 */
public record ArchivedEntry(long sequence, long second, Facet facet, String resource, String text, String json,
		String hash) {

	private static final String QUERY = "select entry.sequence, entry.second, entry.resource, entry.text,"
			+ " facet.organization, facet.kind, facet.code, facet.author, facet.origin, content.json, content.hash"
			+ " from (select * from entry where %1$s order by %2$s limit ?) entry"
			+ " %3$s join facet on facet.id = entry.facet_id %3$s join content on content.sequence = entry.sequence"
			+ " order by %2$s";

	/**
	 * Return a query of entries by a condition and an order of the table {@code entry}.
	 * Its last parameter is how many at most. It finds incomplete entries as well, which
	 * cannot be read: the archive does not end where one is.
	 */
	public static String query(String condition, String order) {
		return QUERY.formatted(condition, order, "left");
	}

	/** Return a query that leaves out entries which somebody has made incomplete. */
	static String queryComplete(String condition, String order) {
		return QUERY.formatted(condition, order, "inner");
	}

	/** Read an entry from a row of the query. */
	public static ArchivedEntry of(ResultSet row) throws SQLException {
		if (row.getString("organization") == null || row.getString("json") == null) {
			throw new DataIntegrityViolationException(
					"The archive was changed: entry " + row.getLong("sequence") + " has lost its content");
		}
		return new ArchivedEntry(row.getLong("sequence"), row.getLong("second"), Facet.of(row),
				row.getString("resource"), row.getString("text"), row.getString("json"),
				HexFormat.of().formatHex(row.getBytes("hash")));
	}

	/** Return the entry itself. */
	public AuditLog entry() {
		return CanonicalJson.read(this.json);
	}

}
