package io.github.tursospring.sample.evidence;

import java.time.Instant;
import java.time.LocalDate;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement of how far the chain of an organization had come at the end of a
 * day.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Seal(String organization, LocalDate day, @Nullable Long firstSequence, @Nullable Long lastSequence,
		long count, String head, String previous, String signature, String publicKey, Instant sealedAt) {

	/** What the first seal has in place of the digest of the one before it. */
	public static final String FIRST = "0".repeat(64);

	/** Return the text that is signed. */
	public String text() {
		return String.join("\n", "turso-audit-log-seal-v1", this.organization, this.day.toString(),
				String.valueOf(this.firstSequence), String.valueOf(this.lastSequence), String.valueOf(this.count),
				this.head, this.previous, this.sealedAt.toString());
	}

	/** Return what the next seal refers to this one by. */
	public String digest() {
		return DigestUtils.sha256Hex(text());
	}

	Seal signed(SigningKey key) {
		return new Seal(this.organization, this.day, this.firstSequence, this.lastSequence, this.count, this.head,
				this.previous, key.sign(text()), key.publicKey(), this.sealedAt);
	}

}
