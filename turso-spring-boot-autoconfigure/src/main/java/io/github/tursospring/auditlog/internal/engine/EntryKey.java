package io.github.tursospring.auditlog.internal.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Identifies a row among those of its second, on any machine, in eight bytes. Identical
 * rows share a key.
 *
 * @param time the row's time in reading order
 * @param hash hash of the row's id
 */
public record EntryKey(long time, long hash) {

	static EntryKey of(AuditLog row, long time) {
		return new EntryKey(time, hash(row.id()));
	}

	private static long hash(String id) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
			return ByteBuffer.wrap(digest).getLong();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
