package io.github.tursospring.sample.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Which values of a field are asked for.
 *
 * @param included any of these; all if empty
 * @param excluded none of these
 */
public record Choice(Set<String> included, Set<String> excluded) {

	/** Any value. */
	public static final Choice ANY = new Choice(Set.of(), Set.of());

	public Choice {
		included = Set.copyOf(included);
		excluded = Set.copyOf(excluded);
	}

	/**
	 * Return whether a value is asked for.
	 * @param value the value
	 * @return {@code true} if it is
	 */
	public boolean accepts(String value) {
		return (this.included.isEmpty() || this.included.contains(value)) && !this.excluded.contains(value);
	}

	List<String> conditions(String column, List<Object> parameters) {
		List<String> conditions = new ArrayList<>();
		if (!this.included.isEmpty()) {
			conditions.add(column + " in (" + marks(this.included, parameters) + ")");
		}
		if (!this.excluded.isEmpty()) {
			conditions.add(column + " not in (" + marks(this.excluded, parameters) + ")");
		}
		return conditions;
	}

	private static String marks(Collection<String> values, List<Object> parameters) {
		parameters.addAll(values);
		return String.join(", ", Collections.nCopies(values.size(), "?"));
	}

}
