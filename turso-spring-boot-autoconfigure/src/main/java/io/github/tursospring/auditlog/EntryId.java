package io.github.tursospring.auditlog;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Derives ids of the form {@code <epoch second>-<hash>} from an entry's content. The hash
 * is the first half of SHA-256 over a canonical form of the content. A change of that
 * form changes all ids.
 */
final class EntryId {

	private static final Pattern FORM = Pattern.compile("(-?\\d{1,17})-[0-9a-f]{32}");

	private static final int HASH_BYTES = 16;

	private EntryId() {
	}

	static @Nullable Instant secondOf(String id) {
		Matcher matcher = FORM.matcher(id);
		if (!matcher.matches()) {
			return null;
		}
		long second = Long.parseLong(matcher.group(1));
		boolean valid = second >= Instant.MIN.getEpochSecond() && second < Instant.MAX.getEpochSecond();
		return valid ? Instant.ofEpochSecond(second) : null;
	}

	static String of(AuditLog entry) {
		StringBuilder canonical = new StringBuilder(256);
		AuditLogCode code = entry.code();
		append(canonical, (code != null) ? code.value() : null);
		append(canonical, entry.message());
		append(canonical, entry.origin());
		append(canonical, entry.author());
		append(canonical, (entry.createdAt() != null) ? entry.createdAt().toString() : null);
		append(canonical, entry.data());
		byte[] hash = sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
		long second = (entry.createdAt() != null) ? entry.createdAt().getEpochSecond() : 0;
		return second + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
	}

	private static void append(StringBuilder canonical, @Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			canonical.append('{').append(map.size()).append(':');
			Map<String, @Nullable Object> sorted = new TreeMap<>();
			map.forEach((name, member) -> sorted.put(String.valueOf(name), member));
			sorted.forEach((name, member) -> {
				append(canonical, name);
				append(canonical, member);
			});
		}
		else if (value instanceof List<?> list) {
			canonical.append('[').append(list.size()).append(':');
			list.forEach((element) -> append(canonical, element));
		}
		else if (value instanceof Number number) {
			canonical.append('#').append(new BigDecimal(number.toString()).stripTrailingZeros()).append(';');
		}
		else if (value instanceof Boolean bool) {
			canonical.append(bool ? 't' : 'f');
		}
		else if (value == null) {
			canonical.append('n');
		}
		else {
			String text = value.toString();
			canonical.append('"').append(text.length()).append(':').append(text);
		}
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
