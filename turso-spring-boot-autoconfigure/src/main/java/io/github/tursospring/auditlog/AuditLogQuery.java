package io.github.tursospring.auditlog;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What to read from an audit log. Immutable.
 *
 * @since 0.1.0
 */
public final class AuditLogQuery {

	private static final AuditLogQuery ALL = builder().build();

	private final @Nullable String organization;

	private final @Nullable Integer pageSize;

	private final @Nullable Integer page;

	private final @Nullable String pageToken;

	private final @Nullable Order order;

	private final @Nullable Instant startTime;

	private final @Nullable Instant endTime;

	private final Set<String> codes;

	private final Set<String> authors;

	private final Set<String> origins;

	private AuditLogQuery(Builder builder) {
		this.organization = builder.organization;
		this.pageSize = builder.pageSize;
		this.page = builder.page;
		this.pageToken = builder.pageToken;
		this.order = builder.order;
		this.startTime = builder.startTime;
		this.endTime = builder.endTime;
		this.codes = Collections.unmodifiableSet(new LinkedHashSet<>(builder.codes));
		this.authors = Collections.unmodifiableSet(new LinkedHashSet<>(builder.authors));
		this.origins = Collections.unmodifiableSet(new LinkedHashSet<>(builder.origins));
	}

	/**
	 * Return the query for everything: the default organization's whole log, newest
	 * first.
	 * @return the query
	 */
	public static AuditLogQuery all() {
		return ALL;
	}

	/**
	 * Return a builder of queries.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the query that a consumer sets up.
	 * @param query sets what to read
	 * @return the query
	 * @throws IllegalArgumentException if the settings cannot be combined
	 */
	public static AuditLogQuery of(Consumer<Builder> query) {
		Builder builder = builder();
		query.accept(builder);
		return builder.build();
	}

	/**
	 * Return a builder that starts from this query.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Return the slug of the organization.
	 * @return the slug, {@code null} for the default organization
	 */
	public @Nullable String organization() {
		return this.organization;
	}

	/**
	 * Return the number of entries asked for in a page.
	 * @return 1 to 1000, or {@code null} for the configured size
	 */
	public @Nullable Integer pageSize() {
		return this.pageSize;
	}

	/**
	 * Return the number of the page to list.
	 * @return the number, from 1, or {@code null}
	 */
	public @Nullable Integer page() {
		return this.page;
	}

	/**
	 * Return the token to resume from.
	 * @return the token, or {@code null}
	 */
	public @Nullable String pageToken() {
		return this.pageToken;
	}

	/**
	 * Return the requested order.
	 * @return the order, or {@code null} if none was set
	 */
	public @Nullable Order order() {
		return this.order;
	}

	/**
	 * Return the time of the oldest entries to read.
	 * @return the time, inclusive, or {@code null}
	 */
	public @Nullable Instant startTime() {
		return this.startTime;
	}

	/**
	 * Return the time before which entries are read.
	 * @return the time, exclusive, or {@code null}
	 */
	public @Nullable Instant endTime() {
		return this.endTime;
	}

	/**
	 * Return the codes to read.
	 * @return the codes; empty for any
	 */
	public Set<String> codes() {
		return this.codes;
	}

	/**
	 * Return the authors to read.
	 * @return the authors; empty for any
	 */
	public Set<String> authors() {
		return this.authors;
	}

	/**
	 * Return the origins to read.
	 * @return the origins; empty for any
	 */
	public Set<String> origins() {
		return this.origins;
	}

	/**
	 * Return whether an entry matches: each filter that is set contains the entry's
	 * value, and the time range contains its time.
	 * @param entry the entry
	 * @return whether it matches
	 */
	public boolean matches(AuditLog entry) {
		AuditLogCode code = entry.code();
		Instant createdAt = entry.createdAt();
		return passes(this.codes, (code != null) ? code.value() : null) && passes(this.authors, entry.author())
				&& passes(this.origins, entry.origin())
				&& (this.startTime == null || (createdAt != null && !createdAt.isBefore(this.startTime)))
				&& (this.endTime == null || (createdAt != null && createdAt.isBefore(this.endTime)));
	}

	private static boolean passes(Set<String> filter, @Nullable String value) {
		return filter.isEmpty() || (value != null && filter.contains(value));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AuditLogQuery that && Objects.equals(this.organization, that.organization)
				&& Objects.equals(this.pageSize, that.pageSize) && Objects.equals(this.page, that.page)
				&& Objects.equals(this.pageToken, that.pageToken) && this.order == that.order
				&& Objects.equals(this.startTime, that.startTime) && Objects.equals(this.endTime, that.endTime)
				&& this.codes.equals(that.codes) && this.authors.equals(that.authors)
				&& this.origins.equals(that.origins);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.organization, this.pageSize, this.page, this.pageToken, this.order, this.startTime,
				this.endTime, this.codes, this.authors, this.origins);
	}

	@Override
	public String toString() {
		return "AuditLogQuery[organization=" + this.organization + ", pageSize=" + this.pageSize + ", page=" + this.page
				+ ", pageToken=" + this.pageToken + ", order=" + this.order + ", startTime=" + this.startTime
				+ ", endTime=" + this.endTime + ", codes=" + this.codes + ", authors=" + this.authors + ", origins="
				+ this.origins + "]";
	}

	/**
	 * Order of entries by the time they were created.
	 */
	public enum Order {

		/**
		 * Oldest first.
		 */
		ASC,

		/**
		 * Newest first.
		 */
		DESC

	}

	/**
	 * Builder of queries. Not safe for use by several threads.
	 */
	public static final class Builder {

		private static final Pattern SLUG = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]*");

		private @Nullable String organization;

		private @Nullable Integer pageSize;

		private @Nullable Integer page;

		private @Nullable String pageToken;

		private @Nullable Order order;

		private @Nullable Instant startTime;

		private @Nullable Instant endTime;

		private final Set<String> codes = new LinkedHashSet<>();

		private final Set<String> authors = new LinkedHashSet<>();

		private final Set<String> origins = new LinkedHashSet<>();

		private Builder() {
		}

		private Builder(AuditLogQuery query) {
			this.organization = query.organization;
			this.pageSize = query.pageSize;
			this.page = query.page;
			this.pageToken = query.pageToken;
			this.order = query.order;
			this.startTime = query.startTime;
			this.endTime = query.endTime;
			this.codes.addAll(query.codes);
			this.authors.addAll(query.authors);
			this.origins.addAll(query.origins);
		}

		/**
		 * Read the log of this organization instead of the default one.
		 * @param organization the organization's slug: letters, digits and hyphens, not
		 * starting with a hyphen; or {@code null} for the default one
		 * @return this builder
		 */
		public Builder organization(@Nullable String organization) {
			check(organization == null || SLUG.matcher(organization).matches(),
					"organization must be a slug of letters, digits and hyphens ([a-zA-Z0-9][a-zA-Z0-9-]*), not '"
							+ organization + "'");
			this.organization = organization;
			return this;
		}

		/**
		 * Set how many entries a page should hold. The server may apply a lower limit.
		 * @param pageSize 1 to 1000
		 * @return this builder
		 */
		public Builder pageSize(int pageSize) {
			check(pageSize >= 1 && pageSize <= 1000, "pageSize must be from 1 to 1000, not " + pageSize);
			this.pageSize = pageSize;
			return this;
		}

		/**
		 * List a numbered page of Turso's API, unchanged. Can be combined with an
		 * organization and a page size only.
		 * @param page the number, from 1
		 * @return this builder
		 */
		public Builder page(int page) {
			check(page >= 1, "page must be 1 or more, not " + page);
			this.page = page;
			return this;
		}

		/**
		 * Resume after an earlier page.
		 * @param pageToken the page's {@link AuditLogPage#nextPageToken() token}, or
		 * {@code null} to start at the beginning
		 * @return this builder
		 */
		public Builder pageToken(@Nullable String pageToken) {
			this.pageToken = pageToken;
			return this;
		}

		/**
		 * Set the order; newest first if it is not set.
		 * @param order the order
		 * @return this builder
		 */
		public Builder order(Order order) {
			this.order = Objects.requireNonNull(order, "order");
			return this;
		}

		/**
		 * Read entries created at this time or later.
		 * @param startTime the time, inclusive, or {@code null} for no limit
		 * @return this builder
		 */
		public Builder startTime(@Nullable Instant startTime) {
			this.startTime = startTime;
			return this;
		}

		/**
		 * Read entries created before this time.
		 * @param endTime the time, exclusive, or {@code null} for no limit
		 * @return this builder
		 */
		public Builder endTime(@Nullable Instant endTime) {
			this.endTime = endTime;
			return this;
		}

		/**
		 * Read entries of any of these codes, besides those already given.
		 * @param codes the codes, matched exactly; none of them blank
		 * @return this builder
		 */
		public Builder code(String... codes) {
			return add("code", this.codes, codes);
		}

		/**
		 * Read entries of any of these codes, besides those already given.
		 * @param codes the codes
		 * @return this builder
		 */
		public Builder code(AuditLogCode... codes) {
			check(codes != null && !Arrays.asList(codes).contains(null), "code must not be null");
			return code(Arrays.stream(codes).map(AuditLogCode::value).toArray(String[]::new));
		}

		/**
		 * Read entries of any of these authors, besides those already given.
		 * @param authors the authors, matched exactly; none of them blank
		 * @return this builder
		 */
		public Builder author(String... authors) {
			return add("author", this.authors, authors);
		}

		/**
		 * Read entries of any of these origins, besides those already given.
		 * @param origins the origins, such as {@code cli} or {@code web}, matched
		 * exactly; none of them blank
		 * @return this builder
		 */
		public Builder origin(String... origins) {
			return add("origin", this.origins, origins);
		}

		/**
		 * Build the query.
		 * @return the query
		 * @throws IllegalArgumentException if the settings cannot be combined
		 */
		public AuditLogQuery build() {
			if (this.page != null) {
				check(this.pageToken == null, besidePage("pageToken"));
				check(this.order == null, besidePage("order"));
				check(this.startTime == null && this.endTime == null, besidePage("startTime or endTime"));
				check(this.codes.isEmpty() && this.authors.isEmpty() && this.origins.isEmpty(),
						besidePage("code, author or origin"));
			}
			check(this.startTime == null || this.endTime == null || !this.startTime.isAfter(this.endTime),
					"startTime must not be after endTime, but " + this.startTime + " is after " + this.endTime);
			return new AuditLogQuery(this);
		}

		private Builder add(String name, Set<String> filter, String... values) {
			check(values != null, name + " must not be null");
			for (String value : values) {
				check(value != null && !value.isBlank(), name + " must not be null or blank: leave it out to read any");
			}
			filter.addAll(Arrays.asList(values));
			return this;
		}

		private static String besidePage(String what) {
			return what + " cannot be combined with page: a numbered page is the API's own, newest first and"
					+ " unfiltered. Leave page out and continue with nextPageToken.";
		}

		private static void check(boolean condition, String message) {
			if (!condition) {
				throw new IllegalArgumentException(message);
			}
		}

	}

}
