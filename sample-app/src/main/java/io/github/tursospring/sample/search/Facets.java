package io.github.tursospring.sample.search;

import java.util.List;

/**
 * Numbers of entries by value, the greatest first.
 *
 * @param code codes
 * @param author authors
 * @param origin origins
 */
public record Facets(List<Value> code, List<Value> author, List<Value> origin) {

	/**
	 * A value.
	 *
	 * @param value the value, empty for entries without one
	 * @param count number of entries
	 */
	public record Value(String value, long count) {
	}

}
