package io.github.tursospring.sample.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.sample.archive.EntryColumns;
import io.github.tursospring.sample.archive.Facet;

/**
 * What can be asked of the log. The earliest time is inclusive, the latest exclusive; a
 * text is looked for in lower case.
 */
public record Search(@Nullable String organization, @Nullable Instant from, @Nullable Instant to,
		Map<Field, Choice> choices, @Nullable String text) {

	/** Everything. */
	public static final Search ALL = new Search(null, null, null, Map.of(), null);

	public Search {
		if (from != null && to != null && from.isAfter(to)) {
			throw new IllegalArgumentException("from must not be after to");
		}
		choices = new TreeMap<>(choices);
		text = (text != null && !text.isEmpty()) ? text.toLowerCase(Locale.ROOT) : null;
	}

	/** Return a search for all entries of an organization. */
	public static Search of(String organization) {
		return new Search(organization, null, null, Map.of(), null);
	}

	/** Return this search with another choice of a field's values. */
	Search with(Field field, Choice choice) {
		Map<Field, Choice> changed = new TreeMap<>(this.choices);
		changed.put(field, choice);
		return new Search(this.organization, this.from, this.to, changed, this.text);
	}

	private Choice choice(Field field) {
		return this.choices.getOrDefault(field, Choice.ANY);
	}

	/** Return whether entries are asked for, as far as their facet tells. */
	public boolean accepts(Facet facet) {
		return (this.organization == null || this.organization.equals(facet.organization()))
				&& Arrays.stream(Field.values()).allMatch((field) -> choice(field).accepts(field.of(facet)));
	}

	/** Return whether an entry is asked for. */
	public boolean accepts(long second, Facet facet, String searched) {
		return second >= fromSecond() && second < toSecond() && accepts(facet)
				&& (this.text == null || searched.contains(this.text));
	}

	/** Return whether an entry of an organization's log is asked for. */
	public boolean accepts(String ofOrganization, AuditLog entry) {
		EntryColumns columns = EntryColumns.of(ofOrganization, entry);
		return accepts(columns.second(), columns.facet(), columns.text());
	}

	/**
	 * Narrow a query of Turso's log to what it can filter by itself. Entries that match
	 * it need not be asked for: see {@link #accepts(String, AuditLog)}.
	 */
	public AuditLogQuery.Builder narrow(AuditLogQuery.Builder query) {
		return query.startTime(this.from)
			.endTime(this.to)
			.code(named(Field.CODE))
			.author(named(Field.AUTHOR))
			.origin(named(Field.ORIGIN));
	}

	/** A query does not ask for entries without a name. */
	private String[] named(Field field) {
		Choice choice = choice(field);
		return choice.included().contains("") ? new String[0] : choice.included().toArray(String[]::new);
	}

	long fromSecond() {
		return (this.from != null) ? firstSecondSince(this.from) : Long.MIN_VALUE;
	}

	long toSecond() {
		return (this.to != null) ? firstSecondSince(this.to) : Long.MAX_VALUE;
	}

	private static long firstSecondSince(Instant time) {
		return time.getEpochSecond() + ((time.getNano() > 0) ? 1 : 0);
	}

	/** Return the condition on the table {@code facet}, if there is one. */
	@Nullable String facetCondition(List<Object> parameters) {
		List<String> conditions = new ArrayList<>();
		if (this.organization != null) {
			conditions.add("organization = ?");
			parameters.add(this.organization);
		}
		this.choices.forEach((field, choice) -> choice.addTo(conditions, parameters, field.value()));
		return conditions.isEmpty() ? null : String.join(" and ", conditions);
	}

}
