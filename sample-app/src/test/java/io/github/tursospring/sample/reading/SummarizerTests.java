package io.github.tursospring.sample.reading;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.tursospring.auditlog.AuditLog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Summarizer}.
 */
class SummarizerTests {

	private final Summarizer summarizer = new Summarizer();

	@Test
	void nothingComesToNothing() {
		Summary summary = this.summarizer.summary();
		assertThat(summary.total()).isZero();
		assertThat(summary.oldest()).isNull();
		assertThat(summary.days()).isEmpty();
	}

	@Test
	void countsByDayCodeAuthorAndOrigin() {
		add("db-delete", "iku", "2026-01-02T23:59:59Z");
		add("db-create", "iku", "2026-01-02T00:00:00Z");
		add("db-create", "maya", "2026-01-01T12:00:00Z");
		Summary summary = this.summarizer.summary();
		assertThat(summary.total()).isEqualTo(3);
		assertThat(summary.oldest()).isEqualTo("2026-01-01T12:00:00Z");
		assertThat(summary.newest()).isEqualTo("2026-01-02T23:59:59Z");
		assertThat(summary.days()).containsExactly(
				new Summary.Day(LocalDate.parse("2026-01-01"), Map.of(ActionKind.CREATED, 1L)), new Summary.Day(
						LocalDate.parse("2026-01-02"), Map.of(ActionKind.CREATED, 1L, ActionKind.DESTRUCTIVE, 1L)));
		assertThat(summary.codes()).containsExactly(new Summary.CodeCount("db-create", ActionKind.CREATED, 2),
				new Summary.CodeCount("db-delete", ActionKind.DESTRUCTIVE, 1));
		assertThat(summary.authors()).containsExactly(new Summary.Count("iku", 2), new Summary.Count("maya", 1));
		assertThat(summary.origins()).containsExactly(new Summary.Count("cli", 3));
	}

	@Test
	void memoryIsBoundedHoweverManyNamesThereAre() {
		for (int i = 0; i < 5000; i++) {
			add("db-create", "author " + i, "2026-01-01T00:00:00Z");
		}
		add("db-create", "author 0", "2026-01-01T00:00:00Z");
		Summary summary = this.summarizer.summary();
		assertThat(summary.total()).isEqualTo(5001);
		assertThat(summary.authors()).hasSize(1000).startsWith(new Summary.Count("author 0", 2));
		assertThat(summary.others()).isEqualTo(4000);
	}

	@Test
	void entryOfWhichNothingIsKnownCounts() {
		this.summarizer.add(AuditLog.builder().build());
		assertThat(this.summarizer.summary().total()).isOne();
	}

	private void add(String code, String author, String time) {
		this.summarizer
			.add(AuditLog.builder().code(code).author(author).origin("cli").createdAt(Instant.parse(time)).build());
	}

}
