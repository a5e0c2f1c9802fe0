package io.github.tursospring.sample.export;

import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;

/**
 * An array, with an entry a line.
 */
final class JsonArrayText implements ExportText {

	private final JsonMapper jsonMapper = JsonMapper.shared();

	@Override
	public String start() {
		return "[";
	}

	@Override
	public String first(AuditLog entry) {
		return "\n" + this.jsonMapper.writeValueAsString(entry);
	}

	@Override
	public String next(AuditLog entry) {
		return "," + first(entry);
	}

	@Override
	public String end() {
		return "\n]\n";
	}

}
