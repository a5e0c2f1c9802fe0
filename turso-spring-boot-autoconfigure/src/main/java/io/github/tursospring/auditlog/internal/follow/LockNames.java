package io.github.tursospring.auditlog.internal.follow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.tursospring.auditlog.follow.CheckpointKey;

/**
 * Names of locks, which fit into the 64 characters of ShedLock's table.
 */
final class LockNames {

	private static final int MAX_LENGTH = 64;

	private static final int DIGEST_BYTES = 8;

	private LockNames() {
	}

	static String of(CheckpointKey key) {
		String name = "turso-follower/" + key.follower() + "/" + key.organization();
		if (name.length() <= MAX_LENGTH) {
			return name;
		}
		return name.substring(0, MAX_LENGTH - 2 * DIGEST_BYTES - 1) + "-" + digest(name);
	}

	private static String digest(String name) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
