package io.github.tursospring.auditlog;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuditLogQuery#matches(AuditLog)}.
 */
class AuditLogQueryMatchesTests {

	private static final Instant TIME = Instant.parse("2024-01-01T00:00:00Z");

	private static final AuditLog ENTRY = AuditLog.builder()
		.code("db-create")
		.author("iku")
		.origin("cli")
		.createdAt(TIME)
		.build();

	private static final AuditLog BARE = AuditLog.builder().build();

	@Test
	void matchesWhenNoFilterIsSetShouldBeTrue() {
		assertThat(AuditLogQuery.all().matches(ENTRY)).isTrue();
		assertThat(AuditLogQuery.all().matches(BARE)).isTrue();
	}

	@Test
	void matchesWhenOneValueOfFilterMatchesShouldBeTrue() {
		assertThat(query().code("db-delete", "db-create").build().matches(ENTRY)).isTrue();
		assertThat(query().code(AuditLogCode.DB_CREATE).build().matches(ENTRY)).isTrue();
		assertThat(query().author("jo", "iku").build().matches(ENTRY)).isTrue();
		assertThat(query().origin("web", "cli").build().matches(ENTRY)).isTrue();
	}

	@Test
	void matchesWhenNoValueOfFilterMatchesShouldBeFalse() {
		assertThat(query().code("db-delete").build().matches(ENTRY)).isFalse();
		assertThat(query().code("DB-CREATE").build().matches(ENTRY)).isFalse();
		assertThat(query().author("jo").build().matches(ENTRY)).isFalse();
		assertThat(query().origin("web").build().matches(ENTRY)).isFalse();
	}

	@Test
	void matchesShouldRequireEveryFilter() {
		assertThat(query().code("db-create").author("iku").origin("cli").build().matches(ENTRY)).isTrue();
		assertThat(query().code("db-create").author("jo").build().matches(ENTRY)).isFalse();
		assertThat(query().author("iku").origin("web").build().matches(ENTRY)).isFalse();
	}

	@Test
	void matchesShouldIncludeStartAndExcludeEnd() {
		assertThat(query().startTime(TIME).build().matches(ENTRY)).isTrue();
		assertThat(query().startTime(TIME.plusNanos(1)).build().matches(ENTRY)).isFalse();
		assertThat(query().endTime(TIME).build().matches(ENTRY)).isFalse();
		assertThat(query().endTime(TIME.plusNanos(1)).build().matches(ENTRY)).isTrue();
		assertThat(query().startTime(TIME).endTime(TIME).build().matches(ENTRY)).isFalse();
	}

	@Test
	void matchesWhenFieldIsAbsentShouldBeFalse() {
		assertThat(query().code("db-create").build().matches(BARE)).isFalse();
		assertThat(query().author("iku").build().matches(BARE)).isFalse();
		assertThat(query().origin("cli").build().matches(BARE)).isFalse();
		assertThat(query().startTime(Instant.MIN).build().matches(BARE)).isFalse();
		assertThat(query().endTime(Instant.MAX).build().matches(BARE)).isFalse();
	}

	private static AuditLogQuery.Builder query() {
		return AuditLogQuery.builder();
	}

}
