package io.github.tursospring.sample.archive;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where an organization's chain stands.
 *
 * @param organization the organization's slug
 * @param entries number of entries in the archive
 * @param oldest epoch second of the oldest entry
 * @param newest epoch second of the newest entry
 * @param lastSequence sequence number of the last entry of the chain
 * @param head hash of the last entry of the chain
 * @param anchorSequence sequence number of the last entry that retention removed, 0 if it
 * removed none
 * @param anchor hash that the first entry follows
 */
@SuppressWarnings("ArrayRecordComponent")
public record ChainState(String organization, long entries, long oldest, long newest, long lastSequence, byte[] head,
		long anchorSequence, byte[] anchor) {

	static final String QUERY = "select name, entries, oldest, newest, last_sequence, head, anchor_sequence, anchor"
			+ " from organization";

	static ChainState of(ResultSet row, int number) throws SQLException {
		return new ChainState(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5),
				row.getBytes(6), row.getLong(7), row.getBytes(8));
	}

	static ChainState start(String organization) {
		byte[] start = ChainHash.start(organization);
		return new ChainState(organization, 0, Long.MAX_VALUE, Long.MIN_VALUE, 0, start, 0, start);
	}

}
