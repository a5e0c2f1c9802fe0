package io.github.tursospring.auditlog.internal.reading;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.InvalidPageTokenException;
import io.github.tursospring.auditlog.internal.engine.Checkpoint;
import io.github.tursospring.auditlog.internal.engine.Cursor;
import io.github.tursospring.auditlog.internal.engine.ReadSpec;

/**
 * Encodes checkpoints as page tokens, and decodes them: URL-safe text with a checksum,
 * and with fingerprints of the organization and the filters that it is for.
 * <p>
 * A token has at most about {@value #MAX_LENGTH} characters: {@link Cursor#MAX_ROWS} rows
 * are counted one by one, and usually one; those dated ahead follow at the end. The token
 * of a follow also resumes a stream that is read oldest first, and the other way round.
 */
public final class CheckpointCodec {

	/** The longest token, in characters. */
	static final int MAX_LENGTH = 29_000;

	private static final byte VERSION = 2;

	private static final byte OLDEST_FIRST = 1;

	private static final byte FOLLOW = 2;

	private static final int FINGERPRINT_BYTES = 6;

	private static final int HEADER_BYTES = 2 + 2 * FINGERPRINT_BYTES;

	private final byte kind;

	private final byte[] organization;

	private final byte[] filters;

	private final byte[] filtersBesideTime;

	private CheckpointCodec(String organization, AuditLogQuery query, byte kind) {
		this.kind = kind;
		this.organization = fingerprint(organization);
		String besideTime = canonical(query.codes()) + "|" + canonical(query.authors()) + "|"
				+ canonical(query.origins());
		this.filters = fingerprint(query.startTime() + "|" + query.endTime() + "|" + besideTime);
		this.filtersBesideTime = fingerprint("null|null|" + besideTime);
	}

	private static String canonical(Set<String> filter) {
		return filter.stream().sorted().map((value) -> value.length() + ":" + value).toList().toString();
	}

	/** Return the codec of a query that is read to its end. */
	public static CheckpointCodec ofStream(String organization, AuditLogQuery query) {
		boolean oldestFirst = ReadSpec.orderOf(query) == Order.ASC;
		return new CheckpointCodec(organization, query, oldestFirst ? OLDEST_FIRST : 0);
	}

	/**
	 * Return the codec of a query that is followed. Its start time only says where to
	 * start without a token, so it is not part of the tokens.
	 */
	public static CheckpointCodec ofFollow(String organization, AuditLogQuery query) {
		return new CheckpointCodec(organization, query, (byte) (OLDEST_FIRST | FOLLOW));
	}

	/** Encode a checkpoint. */
	public String encode(Checkpoint checkpoint) {
		ByteBuffer token = ByteBuffer.allocate(HEADER_BYTES + CheckpointFormat.mostBytes(checkpoint));
		token.put(VERSION).put(this.kind).put(this.organization);
		token.put(isFollow(this.kind) ? this.filtersBesideTime : this.filters);
		CheckpointFormat.write(checkpoint, token);
		byte[] content = Arrays.copyOf(token.array(), token.position());
		return text(
				ByteBuffer.allocate(content.length + FINGERPRINT_BYTES).put(content).put(fingerprint(content)).array());
	}

	private static boolean isFollow(byte kind) {
		return (kind & FOLLOW) != 0;
	}

	/**
	 * Decode a token.
	 * @param text the token, {@code null} for none
	 * @return the checkpoint, {@code null} for none
	 * @throws InvalidPageTokenException if the token is malformed, or belongs to another
	 * query
	 */
	public @Nullable Checkpoint decode(@Nullable String text) {
		if (text == null) {
			return null;
		}
		ByteBuffer token = ByteBuffer.wrap(verified(text));
		check(token.get() == VERSION, "was created by another version of this library: start again without it");
		byte otherKind = token.get();
		check(Arrays.equals(fingerprint(token), this.organization),
				"belongs to another organization: pass it with the organization that it was created for");
		check((otherKind & OLDEST_FIRST) == (this.kind & OLDEST_FIRST),
				isFollow(otherKind)
						? "belongs to a follow, which reads oldest first: pass it to follow, or with order ASC"
						: "belongs to a query in another order: pass it with the order that it was created for");
		byte[] otherFilters = fingerprint(token);
		check(Arrays.equals(otherFilters, this.filters)
				|| (isFollow(this.kind) && Arrays.equals(otherFilters, this.filtersBesideTime)),
				"belongs to a query with another time range or other filters: pass it with the query that it was created for");
		try {
			return CheckpointFormat.read(token);
		}
		catch (BufferUnderflowException | ArithmeticException | IllegalArgumentException ex) {
			throw new InvalidPageTokenException("The page token was not created by this library", ex);
		}
	}

	private static byte[] verified(String text) {
		byte[] token;
		try {
			token = Base64.getUrlDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPageTokenException("The page token is malformed: pass a nextPageToken unchanged", ex);
		}
		int length = token.length - FINGERPRINT_BYTES;
		check(length > HEADER_BYTES, "is incomplete or altered: pass a nextPageToken unchanged");
		byte[] content = Arrays.copyOf(token, length);
		check(text.equals(text(token))
				&& Arrays.equals(fingerprint(content), Arrays.copyOfRange(token, length, token.length)),
				"is incomplete or altered: pass a nextPageToken unchanged");
		return content;
	}

	private static String text(byte[] token) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
	}

	private static void check(boolean condition, String what) {
		if (!condition) {
			throw new InvalidPageTokenException("The page token " + what);
		}
	}

	private static byte[] fingerprint(ByteBuffer token) {
		byte[] fingerprint = new byte[FINGERPRINT_BYTES];
		token.get(fingerprint);
		return fingerprint;
	}

	private static byte[] fingerprint(String text) {
		return fingerprint(text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] fingerprint(byte[] bytes) {
		try {
			return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), FINGERPRINT_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
