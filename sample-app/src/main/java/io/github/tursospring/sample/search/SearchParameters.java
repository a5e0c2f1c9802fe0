package io.github.tursospring.sample.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.sample.archive.ActionKind;

/**
 * Reads query parameters. A parameter that is unknown, malformed or given twice is
 * refused.
 */
public final class SearchParameters {

	private static final Set<String> FILTERS = Stream
		.concat(Stream.of("organization", "from", "to", "text"),
				Arrays.stream(Field.values()).flatMap((field) -> Stream.of(field.value(), field.excluding())))
		.collect(Collectors.toUnmodifiableSet());

	private static final int MAX_LENGTH = 1000;

	private final Map<String, List<String>> parameters;

	private SearchParameters(Map<String, List<String>> parameters) {
		this.parameters = parameters;
	}

	/** Check the parameters of a request. */
	public static SearchParameters of(Map<String, List<String>> parameters, String... names) {
		Set<String> known = new HashSet<>(FILTERS);
		known.addAll(Arrays.asList(names));
		return checked(parameters, known);
	}

	/** Check the parameters of a request that is no search. */
	public static SearchParameters only(Map<String, List<String>> parameters, String... names) {
		return checked(parameters, Set.of(names));
	}

	private static SearchParameters checked(Map<String, List<String>> parameters, Set<String> known) {
		parameters.forEach((name, values) -> {
			if (!known.contains(name)) {
				throw new IllegalArgumentException("There is no parameter '" + abbreviated(name) + "'; there are "
						+ known.stream().sorted().toList());
			}
			// PostgreSQL has no text with NUL; an archived one has U+FFFD in its place
			if (values.stream().anyMatch((value) -> value != null && value.indexOf('\0') >= 0)) {
				throw new IllegalArgumentException(name + " must not contain NUL");
			}
			if (values.stream().anyMatch((value) -> value != null && value.length() > MAX_LENGTH)) {
				throw new IllegalArgumentException(name + " must not be longer than " + MAX_LENGTH + " characters");
			}
		});
		return new SearchParameters(parameters);
	}

	/** Return the search that the parameters ask for. */
	public Search search() {
		Map<Field, Choice> choices = new EnumMap<>(Field.class);
		for (Field field : Field.values()) {
			choices.put(field, new Choice(Set.copyOf(all(field.value())), Set.copyOf(all(field.excluding()))));
		}
		all(Field.KIND.value()).forEach(ActionKind::ofName);
		all(Field.KIND.excluding()).forEach(ActionKind::ofName);
		return new Search(organization(), time("from"), time("to"), choices, value("text"));
	}

	/** Return the organization. */
	public @Nullable String organization() {
		String organization = value("organization");
		return (organization != null) ? AuditLogQuery.builder().organization(organization).build().organization()
				: null;
	}

	/** Return the organization, which has to be given. */
	public String requiredOrganization() {
		String organization = organization();
		if (organization == null) {
			throw new IllegalArgumentException("organization must be given");
		}
		return organization;
	}

	/** Return a time. */
	public @Nullable Instant time(String name) {
		return one(name, Instant::parse, "a time such as 2026-01-31T00:00:00Z");
	}

	/** Return a whole number. */
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

	/** Return the value of a parameter. */
	public @Nullable String value(String name) {
		return one(name, Function.identity(), "given once");
	}

	/** Return the value of a parameter that has one of some values. */
	public @Nullable String oneOf(String name, String... values) {
		return one(name, (value) -> {
			if (!List.of(values).contains(value)) {
				throw new IllegalArgumentException(name);
			}
			return value;
		}, String.join(" or ", values));
	}

	/** Return all values of a parameter. */
	public List<String> all(String name) {
		return this.parameters.getOrDefault(name, List.of())
			.stream()
			.map((value) -> (value != null) ? value : "")
			.toList();
	}

	/** Return the value of a parameter, converted. */
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
