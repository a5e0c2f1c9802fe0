package io.github.tursospring.auditlog.internal.reading;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Tells a row from the others of its time, on any machine, in eight bytes.
 *
 * @param time the row's time in the order of reading
 * @param hash hash of the row's id
 */
record RowKey(long time, long hash) {

	static RowKey of(AuditLog row, long time) {
		return new RowKey(time, hash(row.id()));
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
