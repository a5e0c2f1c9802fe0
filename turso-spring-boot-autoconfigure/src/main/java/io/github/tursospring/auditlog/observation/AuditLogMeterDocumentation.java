package io.github.tursospring.auditlog.observation;

import java.util.List;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * Meters of reading and following audit logs. They have neither organizations nor authors
 * as tags.
 *
 * @since 0.1.0
 */
public enum AuditLogMeterDocumentation implements MeterDocumentation {

	/**
	 * Entries emitted.
	 */
	ENTRIES("turso.audit-logs.entries", Meter.Type.COUNTER, "entries", "Entries emitted", KeyNames.OPERATION),

	/**
	 * Pages fetched from Turso.
	 */
	PAGES("turso.audit-logs.pages", Meter.Type.COUNTER, "pages", "Pages fetched from Turso", KeyNames.OPERATION),

	/**
	 * Rows fetched that had been read before, and so were not emitted again.
	 */
	SKIPPED("turso.audit-logs.skipped", Meter.Type.COUNTER, "rows", "Rows fetched that had been read before",
			KeyNames.OPERATION),

	/**
	 * Pages fetched again, or with other rows, since the log had moved or they did not
	 * continue what had been read.
	 */
	REFETCHED("turso.audit-logs.refetched", Meter.Type.COUNTER, "pages",
			"Pages fetched again as they did not continue what had been read", KeyNames.OPERATION),

	/**
	 * Retries after transient failures.
	 */
	RETRIES("turso.audit-logs.retries", Meter.Type.COUNTER, null, "Retries after transient failures", KeyNames.REASON),

	/**
	 * Waits because of a rate limit, as long as Turso asked for or the client chose.
	 */
	RATE_LIMIT_WAIT("turso.audit-logs.rate-limit.wait", Meter.Type.TIMER, null, "Waits because of a rate limit"),

	/**
	 * Age of the entries that a follower is delivering, zero at the head of the log: the
	 * largest of its organizations that this instance follows, none where it follows
	 * none.
	 */
	FOLLOW_LAG("turso.audit-logs.follow.lag", Meter.Type.GAUGE, "seconds",
			"Age of the entries being delivered, zero at the head of the log", KeyNames.FOLLOWER),

	/**
	 * Time since a follower was last at the head of the log: the largest of its
	 * organizations that this instance follows, none where it was never there.
	 */
	FOLLOW_HEAD_AGE("turso.audit-logs.follow.head.age", Meter.Type.GAUGE, "seconds",
			"Time since the head of the log was last reached", KeyNames.FOLLOWER),

	/**
	 * Time that a follower's handler has had its page in hand: the largest of its
	 * organizations, zero where no page is in hand.
	 */
	FOLLOW_PAGE_AGE("turso.audit-logs.follow.page.age", Meter.Type.GAUGE, "seconds",
			"Time that the handler has had its page in hand", KeyNames.FOLLOWER),

	/**
	 * Calls of a follower's handler that failed or took too long.
	 */
	FOLLOW_HANDLER_FAILURES("turso.audit-logs.follow.handler.failures", Meter.Type.COUNTER, null,
			"Calls of the handler that failed or took too long", KeyNames.FOLLOWER),

	/**
	 * Gaps that a follower found: entries that may have been removed before they were
	 * delivered.
	 */
	FOLLOW_GAPS("turso.audit-logs.follow.gaps", Meter.Type.COUNTER, null,
			"Gaps where entries may have been removed before they were delivered", KeyNames.FOLLOWER),

	/**
	 * Failures to load or save the position of a follower.
	 */
	CHECKPOINT_FAILURES("turso.audit-logs.checkpoint.failures", Meter.Type.COUNTER, null,
			"Failures to load or save a follower's position", KeyNames.FOLLOWER, KeyNames.FAILURE);

	private final String name;

	private final Meter.Type type;

	private final @Nullable String baseUnit;

	private final String description;

	@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
	private final List<KeyNames> keyNames;

	AuditLogMeterDocumentation(String name, Meter.Type type, @Nullable String baseUnit, String description,
			KeyNames... keyNames) {
		this.name = name;
		this.type = type;
		this.baseUnit = baseUnit;
		this.description = description;
		this.keyNames = List.of(keyNames);
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	/**
	 * Return what the meter measures.
	 * @return the description
	 */
	public String getDescription() {
		return this.description;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keyNames.toArray(KeyName[]::new);
	}

	/**
	 * Key names of the meters.
	 */
	public enum KeyNames implements KeyName {

		/**
		 * What the log is read for: {@code stream-all}, {@code stream-pages},
		 * {@code list}, {@code retrieve} or {@code follow}.
		 */
		OPERATION("operation"),

		/**
		 * Reason of the failure: {@code rate-limited}, {@code server-error},
		 * {@code timeout}, {@code transport} (no response, or an incomplete one) or
		 * {@code protocol} (not what the API documents).
		 */
		REASON("reason"),

		/**
		 * Name of the follower, which is that of its handler's bean.
		 */
		FOLLOWER("follower"),

		/**
		 * What failed: {@code load}, {@code save}, or {@code overtaken} where another
		 * instance had changed the position.
		 */
		FAILURE("failure");

		private final String name;

		KeyNames(String name) {
			this.name = name;
		}

		@Override
		public String asString() {
			return this.name;
		}

	}

}
