package io.github.tursospring.sample.archive;

/**
 * Where an organization's chain stands: the times of its oldest and newest entry, the
 * last entry with its hash, and the anchor, which is the last entry that retention
 * removed (0 if it removed none) with the hash that the first entry follows, and the
 * signature of both.
 */
@SuppressWarnings("ArrayRecordComponent")
public record ChainState(String organization, long entries, long oldest, long newest, long lastSequence, byte[] head,
		long anchorSequence, byte[] anchor, String anchorSignature) {

	static final String QUERY = "select name as organization, entries, oldest, newest, last_sequence, head,"
			+ " anchor_sequence, anchor, anchor_signature from organization";

	static ChainState start(String organization) {
		byte[] start = ChainHash.start(organization);
		return new ChainState(organization, 0, Long.MAX_VALUE, Long.MIN_VALUE, 0, start, 0, start, "");
	}

}
