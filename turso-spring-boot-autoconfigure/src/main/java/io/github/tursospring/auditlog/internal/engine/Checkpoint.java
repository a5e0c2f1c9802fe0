package io.github.tursospring.auditlog.internal.engine;

/**
 * A position to resume from: what a page token encodes. The cursor decides what was read;
 * the rest are hints where to look.
 *
 * @param cursor how far reading has come
 * @param anchor the place of the last row before the watermark, or {@link #NO_ANCHOR}
 * @param log the size of the log that the anchor belongs to
 */
public record Checkpoint(Cursor cursor, long anchor, LogSize log) {

	/** The place of the last row before the watermark is not known. */
	public static final long NO_ANCHOR = Long.MIN_VALUE;

}
