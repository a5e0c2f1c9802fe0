package io.github.tursospring.auditlog.internal.reading;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.InvalidPageTokenException;

/**
 * Writes positions as tokens and reads them back: URL-safe text that holds the boundary,
 * hints on where it was, and prints of the organization, the order and the filters that
 * it is for.
 */
final class PageToken {

	private static final byte VERSION = 1;

	private static final int PRINT_BYTES = 6;

	private final AuditLogQuery query;

	private final byte order;

	private final byte[] organization;

	private final byte[] filters;

	private final byte[] filtersBesideTime;

	private final boolean following;

	private PageToken(String organization, AuditLogQuery query, Order order, boolean following) {
		this.query = query;
		this.order = (byte) ((order == Order.ASC) ? 0 : 1);
		this.organization = print(organization);
		String besideTime = unmistakable(query.codes()) + "|" + unmistakable(query.authors()) + "|"
				+ unmistakable(query.origins());
		this.filters = print(query.startTime() + "|" + query.endTime() + "|" + besideTime);
		this.filtersBesideTime = print("null|null|" + besideTime);
		this.following = following;
	}

	private static String unmistakable(Set<String> filter) {
		return filter.stream().sorted().map((value) -> value.length() + ":" + value).toList().toString();
	}

	/**
	 * Return the tokens of a query that is read to its end.
	 * @param organization the organization's slug
	 * @param query the query
	 * @return the tokens
	 */
	static PageToken ofReading(String organization, AuditLogQuery query) {
		return new PageToken(organization, query, Route.orderOf(query), false);
	}

	/**
	 * Return the tokens of a query that is followed: its start time only says where to
	 * start without a token, so tokens hold good without it.
	 * @param organization the organization's slug
	 * @param query the query
	 * @return the tokens
	 */
	static PageToken ofFollowing(String organization, AuditLogQuery query) {
		return new PageToken(organization, query, Order.ASC, true);
	}

	String encode(Position position) {
		Boundary boundary = position.boundary();
		ByteBuffer token = ByteBuffer.allocate(64 + 2 * PRINT_BYTES + boundary.emitted().size() * 24);
		token.put(VERSION).put(this.order).put(this.organization);
		token.put(this.following ? this.filtersBesideTime : this.filters);
		token.putLong(boundary.edge());
		Varints.put(token, boundary.emitted().size());
		boundary.emitted().forEach((key, times) -> {
			Varints.put(token, key.time() - boundary.edge());
			token.putLong(key.hash());
			Varints.put(token, times);
		});
		Varints.put(token, (position.anchor() != Footing.NONE) ? position.anchor() + 1 : 0);
		Varints.put(token, position.total() + 1);
		Varints.put(token, position.maxPageSize());
		byte[] content = Arrays.copyOf(token.array(), token.position());
		ByteBuffer signed = ByteBuffer.allocate(content.length + PRINT_BYTES).put(content).put(print(content));
		return text(signed.array());
	}

	private static String text(byte[] token) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
	}

	/**
	 * Return the position of the query's token.
	 * @return the position, {@code null} if the query has none
	 * @throws InvalidPageTokenException if the token is none, or not for this query
	 */
	@Nullable Position decode() {
		String text = this.query.pageToken();
		if (text == null) {
			return null;
		}
		ByteBuffer token = ByteBuffer.wrap(verified(text));
		check(token.get() == VERSION, "is of another version of this library");
		byte otherOrder = token.get();
		check(Arrays.equals(print(token), this.organization),
				"is of another organization: pass it with the organization it is of");
		check(otherOrder == this.order, "is of another order: pass it with the order it is of");
		byte[] otherFilters = print(token);
		check(Arrays.equals(otherFilters, this.filters)
				|| (this.following && Arrays.equals(otherFilters, this.filtersBesideTime)),
				"is of another time range or other filters: pass it with those that it is of");
		try {
			Position position = position(token);
			check(isSound(position) && !token.hasRemaining(), "was not made by this library");
			return position;
		}
		catch (BufferUnderflowException | ArithmeticException ex) {
			throw new InvalidPageTokenException("The page token was not made by this library", ex);
		}
	}

	private static Position position(ByteBuffer token) {
		long edge = token.getLong();
		int rows = Math.toIntExact(Varints.get(token));
		Map<RowKey, Integer> emitted = new HashMap<>();
		long latest = Long.MIN_VALUE;
		for (int i = 0; i < rows; i++) {
			long time = Math.addExact(edge, Varints.get(token));
			emitted.put(new RowKey(time, token.getLong()), Math.toIntExact(Varints.get(token)));
			latest = Math.max(latest, time);
		}
		long anchor = Varints.get(token) - 1;
		long total = Varints.get(token) - 1;
		int maxPageSize = Math.toIntExact(Varints.get(token));
		return new Position(new Boundary(edge, latest, emitted), (anchor >= 0) ? anchor : Footing.NONE, total,
				maxPageSize);
	}

	private static boolean isSound(Position position) {
		Boundary boundary = position.boundary();
		return position.maxPageSize() >= 1 && position.maxPageSize() <= Position.MAX_PAGE_SIZE
				&& position.anchor() < Integer.MAX_VALUE && position.total() < Integer.MAX_VALUE
				&& position.total() >= Slice.UNKNOWN
				&& boundary.emitted()
					.entrySet()
					.stream()
					.allMatch((row) -> row.getKey().time() >= boundary.edge() && row.getValue() > 0);
	}

	private static byte[] verified(String text) {
		byte[] token;
		try {
			token = Base64.getUrlDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPageTokenException(
					"The page token is incomplete or altered: pass a nextPageToken unchanged", ex);
		}
		int length = token.length - PRINT_BYTES;
		check(length > 2 + 2 * PRINT_BYTES, "is incomplete or altered: pass a nextPageToken unchanged");
		byte[] content = Arrays.copyOf(token, length);
		check(text.equals(text(token))
				&& Arrays.equals(print(content), Arrays.copyOfRange(token, length, token.length)),
				"is incomplete or altered: pass a nextPageToken unchanged");
		return content;
	}

	private static byte[] print(ByteBuffer token) {
		byte[] print = new byte[PRINT_BYTES];
		token.get(print);
		return print;
	}

	private static void check(boolean condition, String what) {
		if (!condition) {
			throw new InvalidPageTokenException("The page token " + what);
		}
	}

	private static byte[] print(String text) {
		return print(text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] print(byte[] bytes) {
		try {
			return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), PRINT_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
