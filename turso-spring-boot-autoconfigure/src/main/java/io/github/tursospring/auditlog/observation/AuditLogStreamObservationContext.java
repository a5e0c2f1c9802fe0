package io.github.tursospring.auditlog.observation;

import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.observation.Observation;

import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * Context of the observation of a reading.
 *
 * @since 0.1.0
 */
public class AuditLogStreamObservationContext extends Observation.Context {

	private final String operation;

	private final String organization;

	private final AuditLogQuery query;

	private final AtomicLong entries = new AtomicLong();

	private final AtomicLong pages = new AtomicLong();

	private volatile Outcome outcome = Outcome.UNKNOWN;

	/**
	 * Create a new context.
	 * @param operation what the log is read for
	 * @param organization the organization's slug
	 * @param query what is read
	 */
	public AuditLogStreamObservationContext(String operation, String organization, AuditLogQuery query) {
		this.operation = operation;
		this.organization = organization;
		this.query = query;
	}

	/**
	 * Return what the log is read for.
	 * @return {@code stream-all}, {@code stream-pages}, {@code list}, {@code retrieve} or
	 * {@code follow}
	 */
	public String getOperation() {
		return this.operation;
	}

	/**
	 * Return the slug of the organization whose log is read. No key has it by default.
	 * @return the slug
	 */
	public String getOrganization() {
		return this.organization;
	}

	/**
	 * Return what is read. No key has its filters by default.
	 * @return the query
	 */
	public AuditLogQuery getQuery() {
		return this.query;
	}

	/**
	 * Return how many entries have been emitted.
	 * @return the number so far
	 */
	public long getEntries() {
		return this.entries.get();
	}

	/**
	 * Return how many pages have been fetched.
	 * @return the number so far
	 */
	public long getPages() {
		return this.pages.get();
	}

	/**
	 * Return how reading ended.
	 * @return the outcome, {@link Outcome#UNKNOWN} while in progress
	 */
	public Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Add to the number of entries that have been emitted. For use by the client.
	 * @param count the number of entries
	 */
	public void addEntries(int count) {
		this.entries.addAndGet(count);
	}

	/**
	 * Count a page that has been fetched. For use by the client.
	 */
	public void addPage() {
		this.pages.incrementAndGet();
	}

	/**
	 * Set how reading ended. For use by the client.
	 * @param outcome the outcome
	 */
	public void setOutcome(Outcome outcome) {
		this.outcome = outcome;
	}

	/**
	 * Outcomes of a reading.
	 */
	public enum Outcome {

		/** It has completed. */
		SUCCESS,

		/** It has failed. */
		ERROR,

		/** It was cancelled by its subscriber. */
		CANCELLED,

		/** It is in progress. */
		UNKNOWN

	}

}
