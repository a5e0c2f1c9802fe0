package io.github.tursospring.sample.search;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which values of a field are asked for: any of those included, or all if there are none;
 * and none of those excluded.
 */
public record Choice(Set<String> included, Set<String> excluded) {

	static final Choice ANY = new Choice(Set.of(), Set.of());

	public Choice {
		included = Collections.unmodifiableSet(new TreeSet<>(included));
		excluded = Collections.unmodifiableSet(new TreeSet<>(excluded));
	}

	boolean accepts(String value) {
		return (this.included.isEmpty() || this.included.contains(value)) && !this.excluded.contains(value);
	}

	void addTo(List<String> conditions, List<Object> parameters, String column) {
		if (!this.included.isEmpty()) {
			conditions.add(column + " in (" + marks(this.included, parameters) + ")");
		}
		if (!this.excluded.isEmpty()) {
			conditions.add(column + " not in (" + marks(this.excluded, parameters) + ")");
		}
	}

	private static String marks(Collection<String> values, List<Object> parameters) {
		parameters.addAll(values);
		return String.join(", ", Collections.nCopies(values.size(), "?"));
	}

}
