package io.github.tursospring.auditlog.internal.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Body of an error response in Turso's format: {@code {"error": …, "code": …}}.
 *
 * @param error the error's text, or its JSON where it is not a string
 * @param code the error's code
 */
record ErrorBody(@Nullable String error, @Nullable String code) {

	static @Nullable ErrorBody from(@Nullable JsonNode json) {
		if (json == null || !json.isObject()) {
			return null;
		}
		return new ErrorBody(text(json.get("error")), text(json.get("code")));
	}

	private static @Nullable String text(@Nullable JsonNode node) {
		if (node == null || node.isNull()) {
			return null;
		}
		return node.isString() ? node.stringValue() : node.toString();
	}

}
