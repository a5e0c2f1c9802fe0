package io.github.tursospring.sample.archive;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogCode;

/**
 * What the archive stores of an entry beside its JSON, to find it by. All of it follows
 * from the entry.
 */
public record EntryColumns(long second, Facet facet, String resource, String text) {

	/** A name longer than this is cut, as is a resource. */
	private static final int MAX_NAME = 200;

	/** How much of an entry is searched. */
	private static final int MAX_TEXT = 4000;

	private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

	private static final List<String> RESOURCES = List.of("database", "instance", "group", "member", "user", "name",
			"organization");

	/** Derive the columns of an entry. */
	public static EntryColumns of(String organization, AuditLog entry) {
		AuditLogCode code = entry.code();
		Instant createdAt = entry.createdAt();
		Facet facet = new Facet(organization, ActionKind.of(code), name((code != null) ? code.value() : null),
				name(entry.author()), name(entry.origin()));
		return new EntryColumns((createdAt != null) ? createdAt.getEpochSecond() : 0, facet, resource(entry.data()),
				text(entry, facet));
	}

	private static String resource(Map<String, ?> data) {
		for (String name : RESOURCES) {
			if (data.get(name) instanceof String value && !value.isEmpty()) {
				return name(value);
			}
		}
		return "";
	}

	private static String text(AuditLog entry, Facet facet) {
		StringBuilder text = new StringBuilder(160);
		append(text, entry.message());
		append(text, facet.code());
		append(text, facet.author());
		append(text, entry.data());
		append(text, entry.ip());
		append(text, entry.city());
		text.setLength(Math.min(text.length(), MAX_TEXT));
		return storable(text.toString().toLowerCase(Locale.ROOT));
	}

	private static void append(StringBuilder text, @Nullable Object value) {
		if (text.length() >= MAX_TEXT || value == null) {
			return;
		}
		if (value instanceof Map<?, ?> map) {
			new TreeMap<>(map).forEach((name, member) -> {
				append(text, name);
				append(text, member);
			});
		}
		else if (value instanceof Collection<?> list) {
			list.forEach((element) -> append(text, element));
		}
		else if (text.indexOf(value.toString()) < 0) {
			text.append(value).append('\n');
		}
	}

	private static String name(@Nullable String value) {
		String name = Objects.requireNonNullElse(value, "");
		return storable(name.substring(0, Math.min(name.length(), MAX_NAME)));
	}

	/** PostgreSQL stores no NUL, and no database half a character. */
	private static String storable(String text) {
		return UNSTORABLE.matcher(text).replaceAll("\uFFFD");
	}

}
