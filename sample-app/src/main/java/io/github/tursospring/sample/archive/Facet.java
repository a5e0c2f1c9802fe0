package io.github.tursospring.sample.archive;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What entries are counted and filtered by; a name that an entry does not have is empty.
 * Every entry has a facet; each combination is stored once.
 */
public record Facet(String organization, ActionKind kind, String code, String author, String origin) {

	static Facet of(ResultSet row) throws SQLException {
		return new Facet(row.getString("organization"), ActionKind.ofName(row.getString("kind")), row.getString("code"),
				row.getString("author"), row.getString("origin"));
	}

}
