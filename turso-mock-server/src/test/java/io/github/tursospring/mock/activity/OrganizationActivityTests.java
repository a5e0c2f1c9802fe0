package io.github.tursospring.mock.activity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.github.tursospring.mock.MockEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link OrganizationActivity}.
 */
class OrganizationActivityTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

	private static final Duration AGE = Duration.ofDays(90);

	private static final List<MockEntry> history = OrganizationActivity.of(7, CLOCK).history(5000, AGE);

	@Test
	void historyShouldHaveExactlyTheEntriesOfThePeriodInOrder() {
		assertThat(history).hasSize(5000);
		assertThat(history).extracting(MockEntry::createdAt)
			.isSorted()
			.allSatisfy((time) -> assertThat(time).isBetween(NOW.minus(AGE), NOW));
		assertThat(history.get(0).fields()).containsEntry("code", "user-signup");
	}

	@Test
	void historyWhenSeedIsTheSameShouldBeTheSame() {
		assertThat(OrganizationActivity.of(7, CLOCK).history(5000, AGE)).isEqualTo(history);
		assertThat(OrganizationActivity.of(8, CLOCK).history(5000, AGE)).isNotEqualTo(history);
	}

	@Test
	void historyShouldBeRealistic() {
		assertThat(values("author")).containsKeys("iku", "maya", "priya", "sam", "noor", "deploy-bot");
		assertThat(values("origin").keySet()).isEqualTo(Set.of("cli", "web"));
		assertThat(values("country_code")).hasSizeGreaterThanOrEqualTo(5);
		assertThat(values("ip")).hasSizeGreaterThanOrEqualTo(5);
		Map<String, Long> codes = values("code");
		assertThat(codes).hasSizeGreaterThanOrEqualTo(20);
		assertThat(codes.get("db-create")).isGreaterThan(codes.get("group-create"));
		assertThat(codes.get("db-token-create")).isGreaterThan(codes.get("org-member-add"));
		assertThat(history).allSatisfy((entry) -> assertThat(entry.fields().get("data")).isInstanceOf(Map.class));
	}

	@Test
	void historyShouldDeleteOnlyDatabasesThatExist() {
		Set<Object> databases = new HashSet<>();
		for (MockEntry entry : history) {
			Object database = ((Map<?, ?>) entry.fields().get("data")).get("database");
			switch (String.valueOf(entry.fields().get("code"))) {
				case "db-create", "db-aunrchive" -> databases.add(database);
				case "db-delete" -> assertThat(databases.remove(database)).as("%s exists", database).isTrue();
				case "db-token-create", "db-protect", "db-unprotect" -> assertThat(databases).contains(database);
				default -> assertThat(database).isNull();
			}
		}
	}

	@Test
	void historyShouldHaveEntriesThatShareASecond() {
		Map<String, Long> bySecond = values("created_at");
		assertThat(bySecond.values()).filteredOn((count) -> count >= 2).hasSizeGreaterThan(400);
		assertThat(bySecond.values()).filteredOn((count) -> count >= 6).hasSizeGreaterThan(10);
	}

	@Test
	void historyWhenTooSmallShouldBeRefused() {
		OrganizationActivity activity = OrganizationActivity.of(1);
		assertThatIllegalArgumentException().isThrownBy(() -> activity.history(29, AGE));
		assertThatIllegalArgumentException().isThrownBy(() -> activity.history(100, Duration.ofHours(23)));
	}

	@Test
	void nextShouldContinueTheHistory() {
		Instant[] now = { NOW };
		InstantSource source = () -> now[0];
		OrganizationActivity activity = OrganizationActivity.of(7, source.withZone(ZoneOffset.UTC));
		activity.history(100, AGE);
		Instant last = NOW;
		for (int i = 0; i < 200; i++) {
			now[0] = now[0].plus(Duration.ofMinutes(10));
			List<MockEntry> entries = activity.next();
			assertThat(entries).isNotEmpty().extracting(MockEntry::createdAt).isSorted();
			assertThat(entries.get(0).createdAt()).isAfter(last.minusSeconds(1));
			assertThat(entries.get(entries.size() - 1).createdAt()).isEqualTo(now[0]);
			last = now[0];
		}
	}

	private Map<String, Long> values(String field) {
		return history.stream()
			.collect(
					Collectors.groupingBy((entry) -> String.valueOf(entry.fields().get(field)), Collectors.counting()));
	}

}
