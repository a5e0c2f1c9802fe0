package io.github.tursospring.auditlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AuditLog} as a value.
 */
class AuditLogTests {

	static final List<UnaryOperator<AuditLog.Builder>> CHANGES = List.of((entry) -> entry.additional("id", "server-1"),
			(entry) -> entry.code("db-delete"), (entry) -> entry.message("other"), (entry) -> entry.origin("web"),
			(entry) -> entry.author("jo"), (entry) -> entry.createdAt(Instant.parse("2023-12-20T09:46:09Z")),
			(entry) -> entry.data(Map.of("name", "other")), (entry) -> entry.ip("198.51.100.7"),
			(entry) -> entry.city("Turku"), (entry) -> entry.countryCode("FI"), (entry) -> entry.latitude("60.45"),
			(entry) -> entry.longitude("22.26"), (entry) -> entry.additional("region", "aws-eu-west-1"));

	@Test
	void equalsWhenAllFieldsAreEqualShouldBeTrue() {
		AuditLog entry = full().build();
		assertThat(entry).isEqualTo(full().build()).hasSameHashCodeAs(full().build());
		assertThat(entry).isNotEqualTo(null).isNotEqualTo("entry");
	}

	@Test
	void equalsWhenAllFieldsAreAbsentShouldBeTrue() {
		assertThat(AuditLog.builder().build()).isEqualTo(AuditLog.builder().build())
			.hasSameHashCodeAs(AuditLog.builder().build())
			.isNotEqualTo(full().build());
	}

	@ParameterizedTest
	@FieldSource("CHANGES")
	void equalsWhenOneFieldDiffersShouldBeFalse(UnaryOperator<AuditLog.Builder> change) {
		AuditLog changed = change.apply(full()).build();
		assertThat(changed).isNotEqualTo(full().build());
		assertThat(full().build()).isNotEqualTo(changed);
		assertThat(changed).isEqualTo(change.apply(full()).build());
	}

	@Test
	void equalsShouldNotDependOnOrderOfFields() {
		Map<String, Object> oneWay = new LinkedHashMap<>();
		oneWay.put("name", "db1");
		oneWay.put("group", "default");
		Map<String, Object> otherWay = new LinkedHashMap<>();
		otherWay.put("group", "default");
		otherWay.put("name", "db1");
		AuditLog one = full().data(oneWay).additional("a", 1).additional("b", 2).build();
		AuditLog other = full().data(otherWay).additional("b", 2).additional("a", 1).build();
		assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
	}

	@Test
	void buildWhenNoFieldIsSetShouldSucceed() {
		AuditLog entry = AuditLog.builder().build();
		assertThat(Stream.of(entry.code(), entry.message(), entry.origin(), entry.author(), entry.createdAt(),
				entry.ip(), entry.city(), entry.countryCode(), entry.latitude(), entry.longitude()))
			.containsOnlyNulls();
		assertThat(entry.data()).isEmpty();
		assertThat(entry.additional()).isEmpty();
	}

	@Test
	void mapsShouldBeUnmodifiable() {
		Map<String, Object> data = new LinkedHashMap<>(Map.of("name", "db1"));
		AuditLog entry = full().data(data).additional("region", "aws-eu-west-1").build();
		data.put("name", "db2");
		assertThat(entry.data()).containsExactly(Map.entry("name", "db1"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> entry.data().put("name", "db3"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> entry.additional().put("region", "other"));
	}

	@Test
	void buildShouldCopyWhatTheBuilderWasGivenAtAnyDepth() {
		Map<String, Object> inner = new LinkedHashMap<>(Map.of("name", "db1"));
		List<Object> list = new ArrayList<>(List.of(inner, "a"));
		Map<String, Object> data = new LinkedHashMap<>(Map.of("list", list, "map", inner));
		AuditLog entry = full().data(data).additional("list", list).build();
		AuditLog before = full().data(Map.of("list", List.of(Map.of("name", "db1"), "a"), "map", Map.of("name", "db1")))
			.additional("list", List.of(Map.of("name", "db1"), "a"))
			.build();
		String id = entry.id();
		inner.put("name", "db2");
		list.add("b");
		data.clear();
		assertThat(entry).isEqualTo(before);
		assertThat(entry.id()).isEqualTo(id);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> ((List<?>) entry.additional().get("list")).clear());
	}

	@Test
	void builderShouldBeReusable() {
		AuditLog.Builder builder = full().additional("a", 1);
		AuditLog first = builder.build();
		AuditLog second = builder.additional("b", 2).build();
		assertThat(first.additional()).containsOnlyKeys("a");
		assertThat(second.additional()).containsOnlyKeys("a", "b");
	}

	@Test
	void dataShouldHoldNulls() {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("none", null);
		assertThat(full().data(data).build().data()).containsEntry("none", null);
	}

	@Test
	void toStringShouldShowEveryField() {
		assertThat(full().additional("region", "aws-eu-west-1").build()).hasToString(
				"AuditLog[createdAt=2023-12-20T09:46:08Z, code=db-create, message=created, origin=cli, author=iku,"
						+ " data={name=db1}, ip=203.0.113.9, city=Helsinki, countryCode=SE, latitude=60.17,"
						+ " longitude=24.94, additional={region=aws-eu-west-1}]");
	}

	@Test
	void toStringShouldNotDeriveId() {
		assertThat(full().build().toString()).doesNotContain("id=");
	}

	static AuditLog.Builder full() {
		return AuditLog.builder()
			.code("db-create")
			.message("created")
			.origin("cli")
			.author("iku")
			.createdAt(Instant.parse("2023-12-20T09:46:08Z"))
			.data(Map.of("name", "db1"))
			.ip("203.0.113.9")
			.city("Helsinki")
			.countryCode("SE")
			.latitude("60.17")
			.longitude("24.94");
	}

}
