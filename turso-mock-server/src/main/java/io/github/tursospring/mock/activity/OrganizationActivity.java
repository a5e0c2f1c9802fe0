package io.github.tursospring.mock.activity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.tursospring.mock.MockEntry;

/**
 * Generates the audit log of the organization "acme": people and a deployment bot who
 * create, protect, rotate and delete at plausible hours, from several places, by command
 * line and web. The same seed and the same times give the same entries. Safe for use by
 * several threads.
 *
 * <pre class="code">
 * OrganizationActivity activity = OrganizationActivity.of(42);
 * MockTursoServer.builder()
 *     .organization("acme", (log) -&gt; log.add(activity.history(5000, Duration.ofDays(90)))
 *         .every(Duration.ofSeconds(3), (l) -&gt; l.add(activity.next())))
 *     .start();
 * </pre>
 *
 * @since 0.1.0
 */
public final class OrganizationActivity {

	private final Random random;

	private final Clock clock;

	private final NavigableMap<Instant, List<MockEntry>> scheduled = new TreeMap<>();

	private OrganizationActivity(long seed, Clock clock) {
		this.random = new Random(seed);
		this.clock = clock;
	}

	/**
	 * Return a generator on the system clock.
	 * @param seed the seed of every choice
	 * @return the generator
	 */
	public static OrganizationActivity of(long seed) {
		return of(seed, Clock.systemUTC());
	}

	/**
	 * Return a generator.
	 * @param seed the seed of every choice
	 * @param clock the clock
	 * @return the generator
	 */
	public static OrganizationActivity of(long seed, Clock clock) {
		return new OrganizationActivity(seed, clock);
	}

	/**
	 * Return what has happened in a period that ends now. It starts with the creation of
	 * the organization.
	 * @param entries the number of entries; at least 30
	 * @param age the length of the period; at least a day
	 * @return the entries, oldest first
	 */
	public synchronized List<MockEntry> history(int entries, Duration age) {
		if (entries < 30 || age.compareTo(Duration.ofDays(1)) < 0) {
			throw new IllegalArgumentException("A history has at least 30 entries over at least a day");
		}
		Instant now = this.clock.instant();
		Instant founded = now.minus(age);
		schedule(Organization.IKU, founded, Activities::foundOrganization);
		List<MockEntry> past = happened(now);
		while (past.size() < entries) {
			Member member = Weighted.pick(Organization.MEMBERS, this.random);
			schedule(member, member.timeOfWork(founded.plus(Duration.ofHours(1)), now, this.random));
			past.addAll(happened(now));
		}
		List<MockEntry> exact = new ArrayList<>(past.subList(0, entries));
		exact.sort(Comparator.comparing((entry) -> String.valueOf(entry.fields().get("created_at"))));
		return exact;
	}

	/**
	 * Continue the activity up to now.
	 * @return what has happened since the last call, oldest first; at least one entry
	 */
	public synchronized List<MockEntry> next() {
		Instant now = this.clock.instant();
		schedule(Weighted.pick(Organization.MEMBERS, this.random), now);
		return happened(now);
	}

	private void schedule(Member member, Instant start) {
		schedule(member, start, Weighted.pick(member.activities(), this.random));
	}

	private void schedule(Member member, Instant start, Consumer<Trail> activity) {
		Trail trail = new Trail(member, start, this.random);
		activity.accept(trail);
		for (MockEntry entry : trail.entries()) {
			this.scheduled.computeIfAbsent(time(entry), (time) -> new ArrayList<>()).add(entry);
		}
	}

	private List<MockEntry> happened(Instant now) {
		NavigableMap<Instant, List<MockEntry>> due = this.scheduled.headMap(now, true);
		List<MockEntry> entries = new ArrayList<>(due.values().stream().flatMap(Collection::stream).toList());
		due.clear();
		return entries;
	}

	private static Instant time(MockEntry entry) {
		Instant time = entry.createdAt();
		if (time == null) {
			throw new IllegalStateException("Generated without a time: " + entry);
		}
		return time;
	}

}
