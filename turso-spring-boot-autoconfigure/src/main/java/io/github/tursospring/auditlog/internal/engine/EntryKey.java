package io.github.tursospring.auditlog.internal.engine;

import java.util.HexFormat;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Identifies a row among those of its second, on any machine, in eight bytes. Identical
 * rows share a key.
 *
 * @param time the row's time in reading order
 * @param hash the first half of the hash that the row's id ends with
 */
public record EntryKey(long time, long hash) {

	private static final int HEX_DIGITS = 16;

	static EntryKey of(AuditLog row, long time) {
		String id = row.id();
		int start = id.lastIndexOf('-') + 1;
		return new EntryKey(time, HexFormat.fromHexDigitsToLong(id, start, start + HEX_DIGITS));
	}

}
