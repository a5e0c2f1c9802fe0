package io.github.tursospring.sample.export;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.sample.archive.ArchivedEntry;

/**
 * An entry to be exported.
 */
public record ExportedEntry(String organization, AuditLog entry, String json, @Nullable Long sequence,
		@Nullable String hash) {

	/** Return an entry straight from Turso. */
	static ExportedEntry of(String organization, AuditLog entry) {
		return new ExportedEntry(organization, entry, JsonMapper.shared().writeValueAsString(entry), null, null);
	}

	/**
	 * Return an entry of the archive. Its JSON is the canonical one, which its hash
	 * covers, followed by what proves it.
	 */
	public static ExportedEntry of(ArchivedEntry archived) {
		String json = archived.json();
		String proof = ",\"archive\":{\"organization\":\"%s\",\"sequence\":%d,\"hash\":\"%s\"}}"
			.formatted(archived.facet().organization(), archived.sequence(), archived.hash());
		return new ExportedEntry(archived.facet().organization(), archived.entry(),
				json.substring(0, json.length() - 1) + proof, archived.sequence(), archived.hash());
	}

}
