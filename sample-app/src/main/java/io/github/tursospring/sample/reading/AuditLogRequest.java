package io.github.tursospring.sample.reading;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * What somebody asks to read, as query parameters say it.
 *
 * @param query which entries, in which order
 * @param kinds the kinds of action to read, empty for all
 * @param text the text to look for, {@code null} for none
 * @param limit how many entries at most, {@code null} for all
 */
public record AuditLogRequest(AuditLogQuery query, Set<ActionKind> kinds, @Nullable String text, @Nullable Long limit) {

	private static final Set<String> PARAMETERS = new TreeSet<>(
			List.of("code", "author", "origin", "kind", "q", "startTime", "endTime", "order", "limit"));

	/**
	 * Read the query parameters. Empty ones count as absent.
	 * @param parameters the parameters
	 * @param others names of parameters that are somebody else's
	 * @return the request
	 * @throws IllegalArgumentException if one of them is not known or not right
	 */
	public static AuditLogRequest of(MultiValueMap<String, String> parameters, String... others) {
		for (String name : parameters.keySet()) {
			if (!PARAMETERS.contains(name) && !List.of(others).contains(name)) {
				throw new IllegalArgumentException(
						"There is no parameter '" + name + "'. Those that there are: " + PARAMETERS);
			}
		}
		AuditLogQuery.Builder query = AuditLogQuery.builder()
			.code(all(parameters, "code"))
			.author(all(parameters, "author"))
			.origin(all(parameters, "origin"))
			.startTime(one(parameters, "startTime", Instant::parse, "a time like 2026-01-31T00:00:00Z"))
			.endTime(one(parameters, "endTime", Instant::parse, "a time like 2026-01-31T00:00:00Z"));
		AuditLogQuery.Order order = one(parameters, "order", AuditLogRequest::order, "asc or desc");
		if (order != null) {
			query.order(order);
		}
		Set<ActionKind> kinds = Arrays.stream(all(parameters, "kind"))
			.map(AuditLogRequest::kind)
			.collect(Collectors.toSet());
		String text = one(parameters, "q", Function.identity(), "one text");
		Long limit = one(parameters, "limit", AuditLogRequest::limit, "a whole number, 1 or more");
		return new AuditLogRequest(query.build(), kinds, text, limit);
	}

	/**
	 * Read what is asked for.
	 * @param client what reads it
	 * @return the entries, fetched as they are requested
	 */
	public Flux<AuditLog> read(AuditLogClient client) {
		Flux<AuditLog> entries = client.streamAll(this.query).filter(filter());
		return (this.limit != null) ? entries.take(this.limit) : entries;
	}

	/**
	 * Return what is asked for beyond the query: kinds and text.
	 * @return a filter of entries
	 */
	public Predicate<AuditLog> filter() {
		Predicate<AuditLog> ofKind = (entry) -> this.kinds.isEmpty()
				|| this.kinds.contains(ActionKind.of(entry.code()));
		return (this.text != null) ? ofKind.and(new TextSearch(this.text)::matches) : ofKind;
	}

	private static String[] all(MultiValueMap<String, String> parameters, String name) {
		return parameters.getOrDefault(name, List.of()).stream().filter(StringUtils::hasText).toArray(String[]::new);
	}

	private static <T> @Nullable T one(MultiValueMap<String, String> parameters, String name,
			Function<String, T> conversion, String expected) {
		String[] values = all(parameters, name);
		if (values.length == 0) {
			return null;
		}
		try {
			if (values.length == 1) {
				return conversion.apply(values[0]);
			}
		}
		catch (DateTimeException | IllegalArgumentException ex) {
			// refused below, like a parameter that is given twice
		}
		throw new IllegalArgumentException(
				"%s must be %s, not '%s'".formatted(name, expected, String.join("' and '", values)));
	}

	private static AuditLogQuery.Order order(String value) {
		return AuditLogQuery.Order.valueOf(value.toUpperCase(Locale.ROOT));
	}

	private static ActionKind kind(String value) {
		return Arrays.stream(ActionKind.values())
			.filter((kind) -> kind.value().equals(value))
			.findAny()
			.orElseThrow(() -> new IllegalArgumentException("kind must be one of "
					+ Arrays.stream(ActionKind.values()).map(ActionKind::value).toList() + ", not '" + value + "'"));
	}

	private static Long limit(String value) {
		long limit = Long.parseLong(value);
		Assert.isTrue(limit > 0, "limit must be positive");
		return limit;
	}

}
