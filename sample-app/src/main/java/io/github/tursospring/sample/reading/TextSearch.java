package io.github.tursospring.sample.reading;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Looks for a text in the message, the author and the details of an entry, whatever the
 * case of its letters.
 */
final class TextSearch {

	private final String text;

	TextSearch(String text) {
		this.text = text.toLowerCase(Locale.ROOT);
	}

	boolean matches(AuditLog entry) {
		return isIn(entry.message()) || isIn(entry.author()) || isIn(entry.data());
	}

	private boolean isIn(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.entrySet().stream().anyMatch((entry) -> isIn(entry.getKey()) || isIn(entry.getValue()));
		}
		if (value instanceof Iterable<?> list) {
			for (Object element : list) {
				if (isIn(element)) {
					return true;
				}
			}
			return false;
		}
		return value != null && value.toString().toLowerCase(Locale.ROOT).contains(this.text);
	}

}
