package io.github.tursospring.sample.export;

import io.github.tursospring.auditlog.AuditLog;

/**
 * The text of an exported log, in parts: a start, the entries, an end.
 */
interface ExportText {

	default String start() {
		return "";
	}

	default String first(AuditLog entry) {
		return next(entry);
	}

	String next(AuditLog entry);

	default String end() {
		return "";
	}

}
