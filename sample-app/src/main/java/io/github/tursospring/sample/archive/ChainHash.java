package io.github.tursospring.sample.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes that chain the entries of an organization: each covers the one before it,
 * the entry's sequence number and its canonical JSON.
 */
public final class ChainHash {

	private ChainHash() {
	}

	/**
	 * Return the hash that the first entry follows.
	 * @param organization the organization's slug
	 * @return the hash
	 */
	public static byte[] start(String organization) {
		return sha256("turso-audit-log-chain\n", organization);
	}

	/**
	 * Return the hash of an entry.
	 * @param previous the hash before it
	 * @param sequence its sequence number
	 * @param json its canonical JSON
	 * @return the hash
	 */
	public static byte[] next(byte[] previous, long sequence, String json) {
		MessageDigest digest = sha256();
		digest.update(previous);
		digest.update((sequence + "\n").getBytes(StandardCharsets.US_ASCII));
		return digest.digest(json.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] sha256(String prefix, String text) {
		return sha256().digest((prefix + text).getBytes(StandardCharsets.UTF_8));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
