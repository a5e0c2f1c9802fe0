package io.github.tursospring.sample.archive;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The archive's database as readers see it: SQLite or PostgreSQL, through connections of
 * their own, so that no reader holds up the archiving.
 */
public final class ArchiveDatabase {

	private static final int FETCH_SIZE = 500;

	private final JdbcClient client;

	private final boolean sqlite;

	ArchiveDatabase(DataSource dataSource, boolean sqlite) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		template.setFetchSize(FETCH_SIZE);
		this.client = JdbcClient.create(template);
		this.sqlite = sqlite;
	}

	/** Start a query. */
	public JdbcClient.StatementSpec sql(String sql) {
		return this.client.sql(sql);
	}

	/** Return the condition that an expression contains the text of a parameter. */
	public String contains(String expression) {
		return (this.sqlite ? "instr(" : "strpos(") + expression + ", ?) > 0";
	}

	/**
	 * Return the condition that a value is of another type than its column: SQLite stores
	 * such a value, reads it as if it were of that type, and compares it otherwise.
	 */
	String isOfAnotherType(String column, String type) {
		return this.sqlite ? "typeof(" + column + ") <> '" + type + "'" : "false";
	}

	/** Return a hint to read a table in its own order rather than by an index. */
	public String scan() {
		return this.sqlite ? " not indexed" : "";
	}

}
