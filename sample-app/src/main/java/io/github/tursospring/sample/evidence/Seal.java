package io.github.tursospring.sample.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement of how far the chain of an organization had come at the end of a
 * day.
 *
 * @param organization the organization's slug
 * @param day the day (UTC)
 * @param firstSequence sequence number of the first entry that it seals, {@code null} if
 * it seals none
 * @param lastSequence sequence number of the last entry that it seals, {@code null} if it
 * seals none
 * @param count number of entries that it seals
 * @param head hash of the last entry of the chain, in hexadecimal digits
 * @param previous digest of the seal before it, zeros for the first
 * @param signature Ed25519 signature of its text, in Base64
 * @param publicKey the key that the signature is checked with, in Base64
 * @param sealedAt when it was made
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Seal(String organization, LocalDate day, @Nullable Long firstSequence, @Nullable Long lastSequence,
		long count, String head, String previous, String signature, String publicKey, Instant sealedAt) {

	/** What the first seal has in place of the digest of the one before it. */
	public static final String FIRST = "0".repeat(64);

	/**
	 * Return the text that is signed.
	 * @return the text, in lines
	 */
	public String text() {
		return String.join("\n", "turso-audit-log-seal-v1", this.organization, this.day.toString(),
				String.valueOf(this.firstSequence), String.valueOf(this.lastSequence), String.valueOf(this.count),
				this.head, this.previous, this.sealedAt.toString());
	}

	/**
	 * Return what the next seal refers to this one by.
	 * @return the SHA-256 of its text, in hexadecimal digits
	 */
	public String digest() {
		try {
			byte[] text = text().getBytes(StandardCharsets.UTF_8);
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	Seal signed(SigningKey key) {
		return new Seal(this.organization, this.day, this.firstSequence, this.lastSequence, this.count, this.head,
				this.previous, key.sign(text()), key.publicKey(), this.sealedAt);
	}

}
