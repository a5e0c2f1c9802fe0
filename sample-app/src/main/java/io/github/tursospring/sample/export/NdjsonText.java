package io.github.tursospring.sample.export;

import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;

/**
 * An entry a line.
 */
final class NdjsonText implements ExportText {

	private final JsonMapper jsonMapper = JsonMapper.shared();

	@Override
	public String next(AuditLog entry) {
		return this.jsonMapper.writeValueAsString(entry) + "\n";
	}

}
