package io.github.tursospring.sample.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.sample.archive.ActionKind;
import io.github.tursospring.sample.archive.EntryColumns;
import io.github.tursospring.sample.archive.Facet;

/**
 * What can be asked of the log.
 *
 * @param organization the organization's slug, {@code null} for all
 * @param from earliest time, inclusive, {@code null} if open
 * @param to latest time, exclusive, {@code null} if open
 * @param code which codes
 * @param author which authors
 * @param origin which origins
 * @param kinds the kinds of action, empty for all
 * @param text a text that an entry holds, in lower case; {@code null} for any
 */
public record Search(@Nullable String organization, @Nullable Instant from, @Nullable Instant to, Choice code,
		Choice author, Choice origin, Set<ActionKind> kinds, @Nullable String text) {

	/** Everything. */
	public static final Search ALL = new Search(null, null, null, Choice.ANY, Choice.ANY, Choice.ANY, Set.of(), null);

	public Search {
		if (from != null && to != null && from.isAfter(to)) {
			throw new IllegalArgumentException("from must not be after to");
		}
		kinds = Set.copyOf(kinds);
		text = (text != null && !text.isEmpty()) ? text.toLowerCase(Locale.ROOT) : null;
	}

	/**
	 * Return a search for all entries of an organization.
	 * @param organization the organization's slug
	 * @return the search
	 */
	public static Search of(String organization) {
		return new Search(organization, null, null, Choice.ANY, Choice.ANY, Choice.ANY, Set.of(), null);
	}

	Search anyCode() {
		return new Search(this.organization, this.from, this.to, Choice.ANY, this.author, this.origin, this.kinds,
				this.text);
	}

	Search anyAuthor() {
		return new Search(this.organization, this.from, this.to, this.code, Choice.ANY, this.origin, this.kinds,
				this.text);
	}

	Search anyOrigin() {
		return new Search(this.organization, this.from, this.to, this.code, this.author, Choice.ANY, this.kinds,
				this.text);
	}

	/**
	 * Return this search for one author.
	 * @param name the author
	 * @return the search
	 */
	Search byAuthor(String name) {
		return new Search(this.organization, this.from, this.to, this.code, new Choice(Set.of(name), Set.of()),
				this.origin, this.kinds, this.text);
	}

	/**
	 * Return whether entries of a facet are asked for.
	 * @param facet the facet
	 * @return {@code true} if they are, as far as the facet tells
	 */
	public boolean accepts(Facet facet) {
		return (this.organization == null || this.organization.equals(facet.organization()))
				&& (this.kinds.isEmpty() || this.kinds.contains(facet.kind())) && this.code.accepts(facet.code())
				&& this.author.accepts(facet.author()) && this.origin.accepts(facet.origin());
	}

	/**
	 * Return whether an entry is asked for.
	 * @param second its epoch second
	 * @param facet its facet
	 * @param searched its searched text
	 * @return {@code true} if it is
	 */
	public boolean accepts(long second, Facet facet, String searched) {
		return second >= fromSecond() && second < toSecond() && accepts(facet)
				&& (this.text == null || searched.contains(this.text));
	}

	/**
	 * Return whether an entry is asked for.
	 * @param organization the organization that it is of
	 * @param entry the entry
	 * @return {@code true} if it is
	 */
	public boolean accepts(String organization, AuditLog entry) {
		EntryColumns columns = EntryColumns.of(organization, entry);
		return accepts(columns.second(), columns.facet(), columns.text());
	}

	/**
	 * Narrow a query of Turso's log to what it can filter by itself. Entries that match
	 * it need not be asked for: see {@link #accepts(String, AuditLog)}.
	 * @param query the query
	 * @return the query
	 */
	public AuditLogQuery.Builder narrow(AuditLogQuery.Builder query) {
		return query.startTime(this.from)
			.endTime(this.to)
			.code(named(this.code))
			.author(named(this.author))
			.origin(named(this.origin));
	}

	/** A query does not ask for entries without a name. */
	private static String[] named(Choice choice) {
		return choice.included().contains("") ? new String[0] : choice.included().toArray(String[]::new);
	}

	/** The first second asked for. */
	long fromSecond() {
		return (this.from != null) ? firstSecondSince(this.from) : Long.MIN_VALUE;
	}

	/** The first second no longer asked for. */
	long toSecond() {
		return (this.to != null) ? firstSecondSince(this.to) : Long.MAX_VALUE;
	}

	private static long firstSecondSince(Instant time) {
		return time.getEpochSecond() + ((time.getNano() > 0) ? 1 : 0);
	}

	/**
	 * Return the condition on the table {@code facet}.
	 * @param parameters where its parameters go
	 * @return the condition, {@code null} if there is none
	 */
	@Nullable String facetCondition(List<Object> parameters) {
		List<String> conditions = new ArrayList<>();
		if (this.organization != null) {
			conditions.add("organization = ?");
			parameters.add(this.organization);
		}
		Set<String> names = this.kinds.stream().map(ActionKind::value).collect(Collectors.toUnmodifiableSet());
		conditions.addAll(new Choice(names, Set.of()).conditions("kind", parameters));
		conditions.addAll(this.code.conditions("code", parameters));
		conditions.addAll(this.author.conditions("author", parameters));
		conditions.addAll(this.origin.conditions("origin", parameters));
		return conditions.isEmpty() ? null : String.join(" and ", conditions);
	}

}
