package io.github.tursospring.sample.acme;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

import reactor.core.publisher.Flux;

import io.github.tursospring.sample.turso.LogEntry;

/**
 * Makes up what happens at acme: first its history, then what comes next. The same seed
 * and the same times give the same entries. Not safe for use by several threads at once.
 */
public final class AcmeSimulation {

	private static final Duration AGE = Duration.ofDays(90);

	private final Random random;

	private final Clock clock;

	private final NavigableMap<Instant, List<LogEntry>> upcoming = new TreeMap<>();

	/**
	 * Create a new simulation.
	 * @param seed what decides about everything
	 * @param clock what tells the present
	 */
	public AcmeSimulation(long seed, Clock clock) {
		this.random = new Random(seed);
		this.clock = clock;
	}

	/**
	 * Return what has happened in the last 90 days.
	 * @param atLeast how many entries there should be; a few more are possible
	 * @return the entries, newest first
	 */
	public List<LogEntry> history(int atLeast) {
		Instant now = this.clock.instant();
		Instant founded = now.minus(AGE);
		Activity founding = Activities::foundOrganization;
		List<LogEntry> past = new ArrayList<>(founding.perform(Acme.IKU, founded, this.random));
		while (past.size() < atLeast) {
			Member member = Weighted.pick(Acme.MEMBERS, this.random);
			schedule(member, member.timeOfWork(founded.plus(Duration.ofHours(1)), now, this.random));
			past.addAll(happened(now));
		}
		past.sort(Comparator.comparing(LogEntry::createdAt));
		Collections.reverse(past);
		return past;
	}

	/**
	 * Let somebody do something now.
	 * @return what has happened since the last call, oldest first; at least one entry
	 */
	public List<LogEntry> next() {
		Instant now = this.clock.instant();
		schedule(Weighted.pick(Acme.MEMBERS, this.random), now);
		return happened(now);
	}

	/**
	 * Go on without end: let somebody do something again and again. Nobody else may use
	 * the simulation meanwhile.
	 * @param interval the time from one to the next
	 * @return what has happened each time
	 */
	public Flux<List<LogEntry>> live(Duration interval) {
		return Flux.interval(interval).onBackpressureDrop().map((tick) -> next());
	}

	private void schedule(Member member, Instant start) {
		Activity activity = Weighted.pick(member.activities(), this.random);
		for (LogEntry entry : activity.perform(member, start, this.random)) {
			this.upcoming.computeIfAbsent(entry.createdAt(), (time) -> new ArrayList<>()).add(entry);
		}
	}

	private List<LogEntry> happened(Instant now) {
		NavigableMap<Instant, List<LogEntry>> due = this.upcoming.headMap(now, true);
		List<LogEntry> entries = due.values().stream().flatMap(Collection::stream).toList();
		due.clear();
		return entries;
	}

}
