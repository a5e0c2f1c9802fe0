package io.github.tursospring.sample.archive;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.tursospring.auditlog.AuditLog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EntryColumns} and {@link CanonicalJson}.
 */
class EntryColumnsTests {

	private static final Instant TIME = Instant.parse("2026-01-31T00:00:00Z");

	@Test
	void columnsShouldFollowFromCanonicalJsonAlone() {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("zone", List.of("b", Map.of("deep", 1.50, "also", "Größe")));
		data.put("database", "Orders");
		data.put("author", "iku");
		AuditLog entry = AuditLog.builder()
			.code("db-create")
			.author("iku")
			.message("Database Orders created")
			.createdAt(TIME)
			.data(data)
			.additional("zz", 1)
			.additional("aa", "\uD800 half")
			.build();
		String json = CanonicalJson.write(entry);
		AuditLog read = CanonicalJson.read(json);
		assertThat(CanonicalJson.write(read)).isEqualTo(json);
		assertThat(json).matches("\\p{ASCII}*").containsSubsequence("\"aa\"", "\"author\"", "\"also\"", "\"zz\"");
		assertThat(read.id()).isEqualTo(entry.id());
		EntryColumns columns = EntryColumns.of("acme", entry);
		assertThat(EntryColumns.of("acme", read)).isEqualTo(columns);
		assertThat(columns.resource()).isEqualTo("Orders");
		assertThat(columns.text()).contains("database orders created", "größe", "db-create");
	}

	@Test
	void ofEntryWithoutFieldsShouldBeEmpty() {
		EntryColumns columns = EntryColumns.of("acme", AuditLog.builder().build());
		assertThat(columns).isEqualTo(new EntryColumns(0, new Facet("acme", ActionKind.OTHER, "", "", ""), "", ""));
	}

	@Test
	void ofHostileEntryShouldBeBoundedAndStorable() {
		AuditLog entry = AuditLog.builder()
			.code("x".repeat(100_000))
			.author("a\0b\uDC00c")
			.message("m\0".repeat(500_000))
			.build();
		EntryColumns columns = EntryColumns.of("acme", entry);
		assertThat(columns.facet().code()).hasSize(200);
		assertThat(columns.facet().author()).isEqualTo("a\uFFFDb\uFFFDc");
		assertThat(columns.text().length()).isLessThanOrEqualTo(4000);
		assertThat(columns.text()).doesNotContain("\0");
	}

}
