package io.github.tursospring.mock;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The audit log of one organization. Safe for use by several threads; each call is
 * atomic, so that no page shows a part of it.
 *
 * @since 0.1.0
 */
public final class MockLog {

	private static final MockResponse PLAN_WITHOUT_AUDIT_LOGS = MockResponse.error(403,
			"audit logs are not available for the starter plan", "feature_not_available_for_starter_plan");

	private static final System.Logger logger = System.getLogger(MockLog.class.getName());

	private final String organization;

	private final ScheduledExecutorService executor;

	private final Rows rows = new Rows();

	private final ResponsePlan plan = new ResponsePlan();

	private final List<Consumer<MockLog>> pageListeners = new ArrayList<>();

	private final List<Future<?>> schedules = new ArrayList<>();

	private int maxPageSize = 1000;

	private int numbered;

	/** Counts the resets: a task that was about to run when one began does nothing. */
	private int generation;

	MockLog(String organization, ScheduledExecutorService executor) {
		this.organization = organization;
		this.executor = executor;
	}

	/**
	 * Return the slug of the organization.
	 * @return the slug
	 */
	public String organization() {
		return this.organization;
	}

	/**
	 * Insert entries. They are ordered by time; within a second, the last one added is
	 * the newest.
	 * @param entries the entries, oldest first
	 * @return this log
	 */
	public MockLog add(MockEntry... entries) {
		return add(Arrays.asList(entries));
	}

	/**
	 * Insert entries as {@link #add(MockEntry...)} does.
	 * @param entries the entries, oldest first
	 * @return this log
	 */
	public synchronized MockLog add(Collection<MockEntry> entries) {
		entries.forEach(this.rows::add);
		return this;
	}

	/**
	 * Insert {@linkplain MockEntry#numbered(int) numbered} entries. The first call starts
	 * with number 1, each further one continues.
	 * @param count the number of entries
	 * @return this log
	 */
	public synchronized MockLog addNumbered(int count) {
		for (int i = 0; i < count; i++) {
			this.rows.add(MockEntry.numbered(++this.numbered));
		}
		return this;
	}

	/**
	 * Remove entries at the tail of the log, as retention does.
	 * @param count the number of entries
	 * @return this log
	 */
	public synchronized MockLog removeOldest(int count) {
		this.rows.removeOldest(count);
		return this;
	}

	/**
	 * Remove entries by age, as retention does.
	 * @param time the time before which entries are removed
	 * @return this log
	 */
	public synchronized MockLog removeBefore(Instant time) {
		this.rows.removeBefore(time);
		return this;
	}

	/**
	 * Return the number of entries.
	 * @return the number
	 */
	public synchronized int size() {
		return this.rows.size();
	}

	/**
	 * Return the entries as they are sent.
	 * @return a copy of the log, newest first
	 */
	public synchronized List<MockEntry> entries() {
		return this.rows.newestFirst();
	}

	/**
	 * Set the largest page size that the server applies; 1,000 by default.
	 * @param maxPageSize the number of entries a page
	 * @return this log
	 */
	public synchronized MockLog maxPageSize(int maxPageSize) {
		if (maxPageSize < 1) {
			throw new IllegalArgumentException("maxPageSize must be positive, not " + maxPageSize);
		}
		this.maxPageSize = maxPageSize;
		return this;
	}

	/**
	 * Send entries that share a second in another order each time.
	 * @param seed the seed of the order
	 * @return this log
	 */
	public synchronized MockLog shuffleTies(long seed) {
		this.rows.shuffleTies(seed);
		return this;
	}

	/**
	 * Run an action each time a page of this log has been read, such as adding entries or
	 * removing the oldest ones. It runs on the server's thread, and must not block.
	 * @param action the action
	 * @return this log
	 */
	public synchronized MockLog afterEachPage(Consumer<MockLog> action) {
		this.pageListeners.add(action);
		return this;
	}

	/**
	 * Run an action repeatedly until the server is reset or closed, such as adding
	 * entries or removing the oldest ones. It runs on the server's thread, and must not
	 * block.
	 * @param interval the time between two runs
	 * @param action the action
	 * @return this log
	 */
	public synchronized MockLog every(Duration interval, Consumer<MockLog> action) {
		long nanos = interval.toNanos();
		int current = this.generation;
		Runnable task = () -> run(action, current);
		this.schedules.add(this.executor.scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS));
		return this;
	}

	private synchronized void run(Consumer<MockLog> action, int scheduledIn) {
		try {
			if (scheduledIn == this.generation) {
				action.accept(this);
			}
		}
		catch (RuntimeException ex) {
			logger.log(Level.WARNING, "A scheduled change of the log of '" + this.organization
					+ "' failed; it runs again after its interval", ex);
		}
	}

	/**
	 * Respond to the next requests for this log with the given responses, in order, one
	 * each. {@link MockResponse#page()} is the usual response.
	 * @param responses the responses
	 * @return this log
	 */
	public synchronized MockLog enqueue(MockResponse... responses) {
		this.plan.enqueue(Arrays.asList(responses));
		return this;
	}

	/**
	 * Respond to every request for this log with the given response, unless one is
	 * {@linkplain #enqueue enqueued}. This replaces what {@link #respondWhen} has set.
	 * @param response the response; {@link MockResponse#page()} for the usual one
	 * @return this log
	 */
	public synchronized MockLog respond(MockResponse response) {
		this.plan.respond(response);
		return this;
	}

	/**
	 * Respond to each request that meets a condition, such as those for one page, with
	 * the given response. The first condition that is met wins, also over enqueued
	 * responses.
	 * @param condition the condition
	 * @param response the response
	 * @return this log
	 */
	public synchronized MockLog respondWhen(Predicate<MockRequest> condition, MockResponse response) {
		this.plan.respondWhen(condition, response);
		return this;
	}

	/**
	 * Refuse every request because the organization's plan has no audit logs.
	 * @return this log
	 */
	public MockLog planWithoutAuditLogs() {
		return respond(PLAN_WITHOUT_AUDIT_LOGS);
	}

	synchronized MockResponse nextResponse(MockRequest request) {
		return this.plan.next(request);
	}

	synchronized byte[] page(long page, int pageSize) {
		byte[] json = this.rows.page(page, Math.min(pageSize, this.maxPageSize));
		List.copyOf(this.pageListeners).forEach((listener) -> listener.accept(this));
		return json;
	}

	synchronized void reset(@Nullable Consumer<MockLog> initial) {
		stop();
		this.rows.clear();
		this.plan.reset();
		this.pageListeners.clear();
		this.maxPageSize = 1000;
		this.numbered = 0;
		if (initial != null) {
			initial.accept(this);
		}
	}

	synchronized void stop() {
		this.schedules.forEach((schedule) -> schedule.cancel(false));
		this.schedules.clear();
		this.generation++;
	}

}
