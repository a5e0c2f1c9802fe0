package io.github.tursospring.auditlog.internal.follow;

import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogGap;

/**
 * What a checkpoint store holds for a follower: the token of the last page, or the time
 * to replay from, or neither; whether it is paused; and the gap at which it has stopped,
 * or that an operator has accepted it. It is one text, so that every change is a
 * compare-and-set, whatever the store.
 *
 * @param paused whether the follower is paused
 * @param token the page token to resume after, {@code null} if there is none
 * @param replayFrom the time to replay from, {@code null} if there is none
 * @param gap the gap at which the follower has stopped, {@code null} if it has not: after
 * the token, or, if none was saved yet, in what was being read
 * @param gapAccepted whether an operator has resumed the follower at a gap
 */
record StoredPosition(boolean paused, @Nullable String token, @Nullable Instant replayFrom, @Nullable AuditLogGap gap,
		boolean gapAccepted) {

	private static final String PAUSED = "paused:";

	private static final String REPLAY = "from:";

	private static final String GAP = "gap:";

	private static final String ACCEPTED = "resume:";

	private static final String NONE = "start:";

	/**
	 * Parse a stored text. No page token contains a colon.
	 * @param stored the text, {@code null} if nothing is stored
	 * @return the position
	 * @throws IllegalArgumentException if the text is not one of {@link #format()}
	 */
	static StoredPosition parse(@Nullable String stored) {
		if (stored == null) {
			return new StoredPosition(false, null, null, null, false);
		}
		boolean paused = stored.startsWith(PAUSED);
		String rest = paused ? stored.substring(PAUSED.length()) : stored;
		try {
			if (rest.startsWith(GAP)) {
				String[] parts = rest.substring(GAP.length()).split("\\|", 3);
				AuditLogGap gap = new AuditLogGap(Instant.parse(parts[0]), Instant.parse(parts[1]));
				StoredPosition before = parse(parts[2]);
				return new StoredPosition(paused, before.token, before.replayFrom, gap, false);
			}
			if (rest.startsWith(ACCEPTED)) {
				StoredPosition before = parse(rest.substring(ACCEPTED.length()));
				return new StoredPosition(paused, before.token, before.replayFrom, null, true);
			}
			if (rest.startsWith(REPLAY)) {
				return new StoredPosition(paused, null, Instant.parse(rest.substring(REPLAY.length())), null, false);
			}
			return new StoredPosition(paused, rest.equals(NONE) ? null : rest, null, null, false);
		}
		catch (DateTimeException | ArrayIndexOutOfBoundsException ex) {
			throw new IllegalArgumentException("The stored position is not valid: no follower has written it", ex);
		}
	}

	String format() {
		String rest = (this.token != null) ? this.token : (this.replayFrom != null) ? REPLAY + this.replayFrom : NONE;
		if (this.gap != null) {
			rest = GAP + this.gap.position() + "|" + this.gap.oldestEntry() + "|" + rest;
		}
		if (this.gapAccepted) {
			rest = ACCEPTED + rest;
		}
		return this.paused ? PAUSED + rest : rest;
	}

	StoredPosition pause() {
		return new StoredPosition(true, this.token, this.replayFrom, this.gap, this.gapAccepted);
	}

	/**
	 * Resume; at a gap, with the oldest entry that there is by then. The gap may have
	 * grown while the follower was stopped, and is reported as it is then.
	 */
	StoredPosition resume() {
		return new StoredPosition(false, this.token, this.replayFrom, null, this.gapAccepted || this.gap != null);
	}

	/** Replay, whatever is stored: this is the remedy for what is not valid. */
	static StoredPosition replay(@Nullable String stored, Instant from) {
		StoredPosition position = valid(stored);
		return new StoredPosition(position != null && position.paused, null, from, null, false);
	}

	/** Parse what is stored, {@code null} if it is not valid. */
	static @Nullable StoredPosition valid(@Nullable String stored) {
		try {
			return parse(stored);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	StoredPosition stopAt(AuditLogGap found) {
		return new StoredPosition(this.paused, this.token, this.replayFrom, found, false);
	}

	/** Whether the follower waits for an operator. */
	boolean isHalted() {
		return this.paused || this.gap != null;
	}

	/** Whether this is a request to a follower, rather than the progress of one. */
	boolean isRequest() {
		return isHalted() || this.gapAccepted || this.token == null;
	}

}
