package io.github.tursospring.sample.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.sample.archive.ActionKind;

/**
 * Reads query parameters. A parameter that is unknown, malformed or given twice is
 * refused.
 */
public final class SearchParameters {

	private static final Set<String> FILTERS = Set.of("organization", "from", "to", "code", "author", "origin", "kind",
			"notCode", "notAuthor", "notOrigin", "text");

	private static final int MAX_LENGTH = 1000;

	private final Map<String, List<String>> parameters;

	private SearchParameters(Map<String, List<String>> parameters) {
		this.parameters = parameters;
	}

	/**
	 * Check the parameters of a request.
	 * @param parameters the parameters
	 * @param names the names of those that are known beside a search's own
	 * @return the parameters
	 * @throws IllegalArgumentException if one of them is not known, or too long
	 */
	public static SearchParameters of(Map<String, List<String>> parameters, String... names) {
		Set<String> known = new HashSet<>(FILTERS);
		known.addAll(Arrays.asList(names));
		return checked(parameters, known);
	}

	/**
	 * Check the parameters of a request that is no search.
	 * @param parameters the parameters
	 * @param names the names of those that are known
	 * @return the parameters
	 * @throws IllegalArgumentException if one of them is not known, or too long
	 */
	public static SearchParameters only(Map<String, List<String>> parameters, String... names) {
		return checked(parameters, Set.of(names));
	}

	private static SearchParameters checked(Map<String, List<String>> parameters, Set<String> known) {
		parameters.forEach((name, values) -> {
			if (!known.contains(name)) {
				throw new IllegalArgumentException("There is no parameter '" + abbreviated(name) + "'; there are "
						+ known.stream().sorted().toList());
			}
			if (values.stream().anyMatch((value) -> value != null && value.length() > MAX_LENGTH)) {
				throw new IllegalArgumentException(name + " must not be longer than " + MAX_LENGTH + " characters");
			}
		});
		return new SearchParameters(parameters);
	}

	/**
	 * Return the search that the parameters ask for.
	 * @return the search
	 * @throws IllegalArgumentException if a parameter is malformed
	 */
	public Search search() {
		Set<ActionKind> kinds = all("kind").stream().map(ActionKind::ofName).collect(Collectors.toSet());
		return new Search(organization(), time("from"), time("to"), choice("code", "notCode"),
				choice("author", "notAuthor"), choice("origin", "notOrigin"), kinds, value("text"));
	}

	/**
	 * Return the organization.
	 * @return its slug, {@code null} if there is none
	 * @throws IllegalArgumentException if it is no slug
	 */
	public @Nullable String organization() {
		String organization = value("organization");
		return (organization != null) ? AuditLogQuery.builder().organization(organization).build().organization()
				: null;
	}

	/**
	 * Return the organization, which has to be given.
	 * @return its slug
	 * @throws IllegalArgumentException if there is none, or it is no slug
	 */
	public String requiredOrganization() {
		String organization = organization();
		if (organization == null) {
			throw new IllegalArgumentException("organization must be given");
		}
		return organization;
	}

	/**
	 * Return a time.
	 * @param name the parameter
	 * @return the time, {@code null} if there is none
	 */
	public @Nullable Instant time(String name) {
		return one(name, Instant::parse, "a time such as 2026-01-31T00:00:00Z");
	}

	/**
	 * Return a whole number.
	 * @param name the parameter
	 * @param least the least that it may be
	 * @param most the most that it may be
	 * @param otherwise what it is if it is not given
	 * @return the number
	 */
	public long number(String name, long least, long most, long otherwise) {
		Long number = one(name, (value) -> {
			long parsed = Long.parseLong(value);
			if (parsed < least || parsed > most) {
				throw new IllegalArgumentException(name);
			}
			return parsed;
		}, "a whole number from " + least + " to " + most);
		return (number != null) ? number : otherwise;
	}

	/**
	 * Return the value of a parameter.
	 * @param name the parameter
	 * @return its value, {@code null} if it is not given
	 */
	public @Nullable String value(String name) {
		return one(name, Function.identity(), "given once");
	}

	/**
	 * Return all values of a parameter.
	 * @param name the parameter
	 * @return the values
	 */
	public List<String> all(String name) {
		return this.parameters.getOrDefault(name, List.of())
			.stream()
			.map((value) -> (value != null) ? value : "")
			.toList();
	}

	private Choice choice(String included, String excluded) {
		return new Choice(Set.copyOf(all(included)), Set.copyOf(all(excluded)));
	}

	/**
	 * Return the value of a parameter, converted.
	 * @param <T> the type that it is converted to
	 * @param name the parameter
	 * @param conversion converts it
	 * @param expected what it must be
	 * @return the value, {@code null} if it is not given
	 * @throws IllegalArgumentException if it is malformed or given twice
	 */
	public <T> @Nullable T one(String name, Function<String, T> conversion, String expected) {
		List<String> values = all(name);
		if (values.isEmpty()) {
			return null;
		}
		try {
			if (values.size() == 1) {
				return conversion.apply(values.get(0));
			}
		}
		catch (DateTimeException | IllegalArgumentException ex) {
			// Refused below, like a parameter that is given twice
		}
		throw new IllegalArgumentException(
				"%s must be %s, not '%s'".formatted(name, expected, abbreviated(String.join("' and '", values))));
	}

	private static String abbreviated(String value) {
		return (value.length() > 100) ? value.substring(0, 100) + "…" : value;
	}

}
