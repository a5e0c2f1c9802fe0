package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token whose rows are all gone: entries after it may be gone as well, and the first
 * page says so.
 */
class GapTests {

	private static final long START = 1_700_000_000L;

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ModelLog log = ModelLog.still(1000);

	@ParameterizedTest
	@CsvSource({ "LIST, ASC", "LIST, DESC", "PAGES, ASC", "PAGES, DESC", "FOLLOW, ASC" })
	void gapWhenRowsAfterTheTokenAreGoneShouldBeOnTheFirstPageOnly(Way way, Order order) {
		AuditLogPage first = first(way, order, null);
		assertThat(first.gap()).isNull();
		Instant position = first.auditLogs().get(first.auditLogs().size() - 1).createdAt();
		insert(200);
		this.log.removeOldest(1100);
		List<AuditLogPage> pages = pages(way, order, first.nextPageToken());
		Instant oldest = Instant.ofEpochSecond(START + 1100);
		assertThat(pages.get(0).gap()).isEqualTo(new AuditLogGap(position, oldest));
		assertThat(pages.subList(1, pages.size())).allMatch((page) -> page.gap() == null);
		assertThat(pages.stream().mapToInt((page) -> page.auditLogs().size()).sum())
			.isEqualTo((order == Order.ASC) ? 100 : 0);
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void gapWhenLastEntryOfTheTokenIsStillThereShouldBeNull(Order order) {
		for (Way way : Way.values()) {
			if (way == Way.FOLLOW && order == Order.DESC) {
				continue;
			}
			AuditLogPage first = first(way, order, null);
			int index = this.log.rows().indexOf(first.auditLogs().get(first.auditLogs().size() - 1));
			this.log.removeOldest(index);
			assertThat(pages(way, order, first.nextPageToken())).as(way.toString())
				.allMatch((page) -> page.gap() == null);
			insert(1000);
		}
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	void gapWhenThereIsNoTokenShouldBeNull(Way way) {
		this.log.removeOldest(500);
		assertThat(pages(way, Order.ASC, null)).allMatch((page) -> page.gap() == null);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOLLOW")
	void gapWhenLogIsEmptyShouldBeNull(Way way) {
		AuditLogPage first = first(way, Order.ASC, null);
		this.log.removeOldest(1000);
		assertThat(pages(way, Order.ASC, first.nextPageToken())).allMatch((page) -> page.gap() == null);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIST")
	void gapWhenNoEntryMatchesShouldBeOnTheFirstPage(Way way) {
		AuditLogQuery query = AuditLogQuery.builder().author("nobody").order(Order.ASC).build();
		String token = pages(way, query).get(0).nextPageToken();
		assertThat(token).isNotNull();
		insert(500);
		this.log.removeOldest(1100);
		List<AuditLogPage> pages = pages(way, query.toBuilder().pageToken(token).build());
		assertThat(pages.get(0).gap()).isNotNull();
		assertThat(pages.get(0).auditLogs()).isEmpty();
		assertThat(pages.get(0).hasMore()).as("told before the log is read to its end").isTrue();
	}

	private AuditLogPage first(Way way, Order order, @Nullable String token) {
		return flux(way, AuditLogQuery.builder().order(order).pageToken(token).build()).blockFirst(LIMIT);
	}

	private List<AuditLogPage> pages(Way way, Order order, @Nullable String token) {
		return pages(way, AuditLogQuery.builder().order(order).pageToken(token).build());
	}

	private List<AuditLogPage> pages(Way way, AuditLogQuery query) {
		List<AuditLogPage> pages = new ArrayList<>();
		flux(way, query).doOnNext(pages::add).blockLast(LIMIT);
		return pages;
	}

	/** Follow up to the head of the log. */
	private Flux<AuditLogPage> flux(Way way, AuditLogQuery query) {
		LogReader reader = new LogReader(new CountingSource(this.log), "acme", query, 100);
		FollowSettings settings = new FollowSettings(Duration.ofDays(1), Duration.ZERO, Duration.ofMinutes(1));
		return switch (way) {
			case LIST -> reader.page().expand((page) -> next(query, page));
			case PAGES -> reader.pages(1);
			case FOLLOW -> new LogFollower(reader, settings).pages().takeUntil((page) -> !page.hasMore());
		};
	}

	private Mono<AuditLogPage> next(AuditLogQuery query, AuditLogPage page) {
		AuditLogQuery next = query.toBuilder().pageToken(page.nextPageToken()).build();
		return (page.nextPageToken() == null) ? Mono.empty()
				: new LogReader(new CountingSource(this.log), "acme", next, 100).page();
	}

	private void insert(int rows) {
		for (int i = 0; i < rows; i++) {
			this.log.insert(this.log.headSecond() + 1);
		}
	}

	private enum Way {

		LIST, PAGES, FOLLOW

	}

}
