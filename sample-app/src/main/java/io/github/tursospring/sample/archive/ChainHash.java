package io.github.tursospring.sample.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.apache.commons.codec.digest.DigestUtils;

/**
 * The hashes that chain the entries of an organization: each covers the one before it,
 * the entry's sequence number and its canonical JSON.
 */
public final class ChainHash {

	private ChainHash() {
	}

	/** Return the hash that the first entry follows. */
	public static byte[] start(String organization) {
		return DigestUtils.sha256("turso-audit-log-chain\n" + organization);
	}

	/** Return the hash of the entry that follows the one of a hash. */
	public static byte[] next(byte[] previous, long sequence, String json) {
		MessageDigest digest = DigestUtils.getSha256Digest();
		digest.update(previous);
		digest.update((sequence + "\n").getBytes(StandardCharsets.US_ASCII));
		return digest.digest(json.getBytes(StandardCharsets.UTF_8));
	}

}
