package io.github.tursospring.auditlog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Copies of JSON values: maps and collections of any depth become unmodifiable maps and
 * lists, everything else is kept.
 */
final class JsonValues {

	private JsonValues() {
	}

	static Map<String, @Nullable Object> copyOf(Map<?, ? extends @Nullable Object> map) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((name, value) -> copy.put(String.valueOf(name), copyOf(value)));
		return Collections.unmodifiableMap(copy);
	}

	static @Nullable Object copyOf(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return copyOf(map);
		}
		if (value instanceof Collection<?> collection) {
			List<@Nullable Object> copy = new ArrayList<>(collection.size());
			collection.forEach((element) -> copy.add(copyOf((Object) element)));
			return Collections.unmodifiableList(copy);
		}
		return value;
	}

}
