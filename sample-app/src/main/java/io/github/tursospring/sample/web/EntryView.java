package io.github.tursospring.sample.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogCode;
import io.github.tursospring.sample.archive.ActionKind;
import io.github.tursospring.sample.archive.ArchivedEntry;

/**
 * An entry as the page gets it. In a list, long texts are cut and large details left out.
 */
record EntryView(long sequence, String id, String organization, @Nullable Instant createdAt, @Nullable String code,
		ActionKind kind, @Nullable String author, @Nullable String origin, @Nullable String message,
		@Nullable String ip, @Nullable String city, @Nullable String countryCode, @Nullable String latitude,
		@Nullable String longitude, Map<String, ?> data, Map<String, ?> additional, String hash,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer occurrences,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean cut) {

	private static final int MAX_TEXT = 2000;

	private static final int MAX_JSON = 20_000;

	static EntryView whole(ArchivedEntry archived, int occurrences) {
		return of(archived, archived.entry(), Integer.MAX_VALUE, false, occurrences);
	}

	static List<EntryView> list(List<ArchivedEntry> entries) {
		return entries.stream().map(EntryView::inList).toList();
	}

	static EntryView inList(ArchivedEntry archived) {
		return of(archived, archived.entry(), MAX_TEXT, archived.json().length() > MAX_JSON, null);
	}

	private static EntryView of(ArchivedEntry archived, AuditLog entry, int maxText, boolean large,
			@Nullable Integer occurrences) {
		AuditLogCode code = entry.code();
		String message = entry.message();
		boolean cut = large || (message != null && message.length() > maxText);
		return new EntryView(archived.sequence(), entry.id(), archived.facet().organization(), entry.createdAt(),
				shortened((code != null) ? code.value() : null, maxText), archived.facet().kind(),
				shortened(entry.author(), maxText), shortened(entry.origin(), maxText), shortened(message, maxText),
				shortened(entry.ip(), maxText), shortened(entry.city(), maxText),
				shortened(entry.countryCode(), maxText), shortened(entry.latitude(), maxText),
				shortened(entry.longitude(), maxText), large ? Map.of() : entry.data(),
				large ? Map.of() : entry.additional(), archived.hash(), occurrences, cut ? true : null);
	}

	private static @Nullable String shortened(@Nullable String text, int maxText) {
		return (text != null && text.length() > maxText) ? text.substring(0, maxText) : text;
	}

}
