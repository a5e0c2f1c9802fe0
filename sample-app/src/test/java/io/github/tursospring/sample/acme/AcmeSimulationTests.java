package io.github.tursospring.sample.acme;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import io.github.tursospring.sample.turso.LogEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcmeSimulation}.
 */
class AcmeSimulationTests {

	private static final Instant NOW = Instant.parse("2026-03-18T10:15:30.5Z");

	private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

	private final AcmeSimulation acme = new AcmeSimulation(1, this.clock);

	private final List<LogEntry> history = this.acme.history(5200);

	@Test
	void historyHasAsManyEntriesAsAskedFor() {
		assertThat(this.history).hasSizeBetween(5200, 5300);
	}

	@Test
	void historyIsSortedNewestFirst() {
		assertThat(this.history).isSortedAccordingTo(Comparator.comparing(LogEntry::createdAt).reversed());
	}

	@Test
	void historySpansNinetyDaysInWholeSeconds() {
		assertThat(this.history).allSatisfy((entry) -> {
			assertThat(entry.createdAt()).isEqualTo(entry.createdAt().truncatedTo(ChronoUnit.SECONDS));
			assertThat(entry.createdAt()).isBetween(NOW.minus(Duration.ofDays(90)).minusSeconds(1), NOW);
		});
		assertThat(this.history.get(0).createdAt()).isAfter(NOW.minus(Duration.ofDays(1)));
		assertThat(last(this.history).code()).isEqualTo("user-signup");
		assertThat(last(this.history).createdAt()).isBefore(NOW.minus(Duration.ofDays(89)));
	}

	@Test
	void sameSeedGivesSameEntries() {
		AcmeSimulation same = new AcmeSimulation(1, this.clock);
		assertThat(same.history(5200)).isEqualTo(this.history);
		assertThat(same.next()).isEqualTo(this.acme.next());
		assertThat(new AcmeSimulation(2, this.clock).history(5200)).isNotEqualTo(this.history);
	}

	@Test
	void historyHoldsDocumentedCodesWithMessagesAndData() {
		assertThat(this.history).extracting(LogEntry::code)
			.containsOnly("user-signup", "user-delete", "user-token-create", "org-create", "org-plan-update",
					"org-set-overages", "org-member-add", "org-member-rm", "org-member-leave", "db-create", "db-delete",
					"db-protect", "db-unprotect", "db-token-create", "db-aunrchive", "group-create", "group-delete",
					"group-protect", "group-unprotect", "group-unarchive", "group-token-create", "instance-create",
					"instance-delete");
		assertThat(this.history).allSatisfy((entry) -> {
			assertThat(entry.message()).isNotBlank();
			assertThat(entry.data()).isNotEmpty();
			assertThat(entry.origin()).isIn("cli", "web");
			assertThat(entry.location()).isNotNull();
		});
	}

	@Test
	void databasesAreCreatedBeforeTheyGetTokensOrAreDeleted() {
		Set<Object> existing = new HashSet<>();
		oldestFirst().forEach((entry) -> {
			Object database = entry.data().get("database");
			switch (entry.code()) {
				case "db-create" -> assertThat(existing.add(database)).as("%s is new", database).isTrue();
				case "db-aunrchive" -> existing.add(database);
				case "db-delete" -> assertThat(existing.remove(database)).as("%s is there", database).isTrue();
				case "db-token-create", "db-protect", "db-unprotect" -> assertThat(existing).contains(database);
				default -> assertThat(database).isNull();
			}
		});
	}

	@Test
	void severalEntriesShareASecond() {
		Map<Instant, Long> bySecond = this.history.stream()
			.collect(Collectors.groupingBy(LogEntry::createdAt, Collectors.counting()));
		assertThat(bySecond.values()).filteredOn((count) -> count >= 2).hasSizeGreaterThan(500);
		assertThat(bySecond.values()).filteredOn((count) -> count >= 6).hasSizeGreaterThan(20);
	}

	@Test
	void membersHaveHabits() {
		assertThat(creationsBy("maya", "Europe/Lisbon"))
			.filteredOn((time) -> time.getHour() >= 10 && time.getHour() < 20)
			.hasSizeGreaterThan(creationsBy("maya", "Europe/Lisbon").size() * 9 / 10);
		assertThat(creationsBy("sam", "America/Los_Angeles"))
			.filteredOn((time) -> time.getHour() >= 18 || time.getHour() < 2)
			.hasSizeGreaterThan(creationsBy("sam", "America/Los_Angeles").size() * 8 / 10);
		assertThat(creationsBy("maya", "Europe/Lisbon"))
			.filteredOn((time) -> time.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0)
			.hasSizeLessThan(creationsBy("maya", "Europe/Lisbon").size() / 10);
	}

	@Test
	void nextHappensNow() {
		assertThat(this.acme.next()).isNotEmpty()
			.allSatisfy((entry) -> assertThat(entry.createdAt()).isEqualTo(Instant.parse("2026-03-18T10:15:30Z")));
	}

	@Test
	void nextDeliversWhatHistoryHasBegun() {
		SteppingClock later = new SteppingClock(NOW);
		AcmeSimulation simulation = new AcmeSimulation(1, later);
		List<LogEntry> past = simulation.history(5200);
		later.advance(Duration.ofDays(30));
		List<LogEntry> next = simulation.next();
		assertThat(next).isSortedAccordingTo(Comparator.comparing(LogEntry::createdAt));
		assertThat(next).hasSizeGreaterThan(20).doesNotContainAnyElementsOf(past);
	}

	@Test
	void liveGoesOnAtTheInterval() {
		StepVerifier.withVirtualTime(() -> this.acme.live(Duration.ofSeconds(3)))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(3))
			.assertNext((entries) -> assertThat(entries).isNotEmpty())
			.thenAwait(Duration.ofSeconds(30))
			.expectNextCount(10)
			.thenCancel()
			.verify(Duration.ofSeconds(10));
	}

	private List<LogEntry> oldestFirst() {
		List<LogEntry> entries = new ArrayList<>(this.history);
		Collections.reverse(entries);
		return entries;
	}

	private List<ZonedDateTime> creationsBy(String author, String zone) {
		return this.history.stream()
			.filter((entry) -> entry.author().equals(author) && entry.code().endsWith("-create"))
			.map((entry) -> entry.createdAt().atZone(ZoneId.of(zone)))
			.toList();
	}

	private static LogEntry last(List<LogEntry> entries) {
		return entries.get(entries.size() - 1);
	}

	/**
	 * A clock that goes on when told to.
	 */
	static final class SteppingClock extends Clock {

		private Instant now;

		SteppingClock(Instant now) {
			this.now = now;
		}

		void advance(Duration duration) {
			this.now = this.now.plus(duration);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

	}

}
