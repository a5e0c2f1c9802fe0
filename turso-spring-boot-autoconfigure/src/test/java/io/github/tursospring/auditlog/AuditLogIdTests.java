package io.github.tursospring.auditlog;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuditLog#id()}. The literal ids are those that users have stored: a
 * change of the code must never be made good by a change of them.
 */
class AuditLogIdTests {

	static final List<UnaryOperator<AuditLog.Builder>> HASHED = List.of((entry) -> entry.code("db-delete"),
			(entry) -> entry.message("other"), (entry) -> entry.message(null), (entry) -> entry.origin("web"),
			(entry) -> entry.author("jo"), (entry) -> entry.createdAt(Instant.parse("2023-12-20T09:46:09Z")),
			(entry) -> entry.createdAt(null), (entry) -> entry.data(Map.of("name", "db1")));

	static final List<UnaryOperator<AuditLog.Builder>> NOT_HASHED = List.of((entry) -> entry.ip("198.51.100.7"),
			(entry) -> entry.city("Turku"), (entry) -> entry.countryCode("FI"), (entry) -> entry.latitude("60.45"),
			(entry) -> entry.longitude("22.26"), (entry) -> entry.additional("region", "aws-eu-west-1"));

	static final List<Object> SPELLINGS_OF_ONE = List.of(1L, 1.0, BigInteger.ONE, BigDecimal.ONE,
			new BigDecimal("1.000"), new BigDecimal("10E-1"));

	@Test
	void idShouldBeSecondAndHash() {
		assertThat(documented().build().id()).matches("1703065568-[0-9a-f]{32}");
	}

	@Test
	void idOfDocumentedEntryShouldBePinned() {
		assertThat(documented().build().id()).isEqualTo("1703065568-efff7e3e1aacad8d49544dba1e8523b4");
	}

	@Test
	void idOfDataOfEveryTypeShouldBePinned() {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("name", "db1");
		data.put("group", "default");
		data.put("n", 1);
		data.put("ok", true);
		data.put("none", null);
		data.put("tags", List.of("a", 2.5));
		AuditLog entry = AuditLog.builder()
			.code("db-delete")
			.message("Löschung")
			.origin("web")
			.author("jo")
			.createdAt(Instant.parse("2024-02-29T23:59:59Z"))
			.data(data)
			.build();
		assertThat(entry.id()).isEqualTo("1709251199-8515c83ee1f6c17d34a6a5a019dd6663");
	}

	@Test
	void idOfEmptyEntryShouldBePinned() {
		assertThat(AuditLog.builder().build().id()).isEqualTo("0-48cc6d60130127ced009d34a5538cb3c");
	}

	@ParameterizedTest
	@FieldSource("HASHED")
	void idWhenHashedFieldChangesShouldChange(UnaryOperator<AuditLog.Builder> change) {
		assertThat(change.apply(documented()).build().id()).isNotEqualTo(documented().build().id());
	}

	@ParameterizedTest
	@FieldSource("NOT_HASHED")
	void idWhenOtherFieldChangesShouldNotChange(UnaryOperator<AuditLog.Builder> change) {
		assertThat(change.apply(documented()).build().id()).isEqualTo(documented().build().id());
	}

	@Test
	void idShouldNotDependOnOrderOfData() {
		Map<String, Object> inner = new LinkedHashMap<>();
		inner.put("x", 1);
		inner.put("y", 2);
		Map<String, Object> innerReversed = new LinkedHashMap<>();
		innerReversed.put("y", 2);
		innerReversed.put("x", 1);
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("a", List.of(inner));
		data.put("b", "c");
		Map<String, Object> dataReversed = new LinkedHashMap<>();
		dataReversed.put("b", "c");
		dataReversed.put("a", List.of(innerReversed));
		assertThat(withData(data)).isEqualTo(withData(dataReversed));
	}

	@Test
	void idShouldDependOnOrderOfLists() {
		assertThat(withData(Map.of("tags", List.of("a", "b"))))
			.isNotEqualTo(withData(Map.of("tags", List.of("b", "a"))));
	}

	@ParameterizedTest
	@FieldSource("SPELLINGS_OF_ONE")
	void idShouldNotDependOnSpellingOfNumbers(Object one) {
		assertThat(withData(Map.of("n", one))).isEqualTo(withData(Map.of("n", 1)));
	}

	@Test
	void idShouldDependOnTypes() {
		assertThat(withData(Map.of("n", "1"))).isNotEqualTo(withData(Map.of("n", 1)));
		assertThat(withData(Map.of("n", true))).isNotEqualTo(withData(Map.of("n", "true")));
		assertThat(withData(Map.of("n", List.of()))).isNotEqualTo(withData(Map.of("n", Map.of())));
		assertThat(withData(Map.of("n", List.of("a", "b")))).isNotEqualTo(withData(Map.of("n", Map.of("a", "b"))));
	}

	@Test
	void idShouldDistinguishAdjacentFields() {
		String one = documented().message("a").origin("bc").build().id();
		String other = documented().message("ab").origin("c").build().id();
		assertThat(one).isNotEqualTo(other);
		assertThat(withData(Map.of("a", Arrays.asList(null, "n")))).isNotEqualTo(withData(Map.of("a", List.of("nn"))));
	}

	@Test
	void idWhenContentLooksLikeCanonicalFormShouldDiffer() {
		AuditLog forged = AuditLog.builder().message("m\"1:o").build();
		AuditLog genuine = AuditLog.builder().message("m").origin("o").build();
		assertThat(forged.id()).isNotEqualTo(genuine.id());
	}

	@Test
	void idWhenTimeHasFractionShouldHaveSecond() {
		AuditLog entry = documented().createdAt(Instant.parse("2023-12-20T09:46:08.999Z")).build();
		assertThat(entry.id()).startsWith("1703065568-");
	}

	@Test
	void idWhenTimeIsBefore1970ShouldHaveSecond() {
		AuditLog entry = documented().createdAt(Instant.parse("1969-12-31T23:59:59Z")).build();
		assertThat(entry.id()).matches("-1-[0-9a-f]{32}");
	}

	@Test
	void idWhenServerSentOneShouldStillBeDerived() {
		AuditLog entry = documented().additional("id", "01HJ3Z").build();
		assertThat(entry.id()).isEqualTo(documented().build().id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "2023-12-20T09:46:08Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
			"0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z" })
	void secondOfShouldReadBackTheSecondOfAnyEntry(Instant createdAt) {
		assertThat(AuditLog.secondOf(documented().createdAt(createdAt).build().id())).isEqualTo(createdAt);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "01HJ3Z", "1703065568", "1703065568-", "1703065568-efff7e3e",
			"1703065568-EFFF7E3E1AACAD8D49544DBA1E8523B4", "1703065568-efff7e3e1aacad8d49544dba1e8523b4 ",
			"99999999999999999-efff7e3e1aacad8d49544dba1e8523b4", "-99999999999999999-efff7e3e1aacad8d49544dba1e8523b4",
			"--1-efff7e3e1aacad8d49544dba1e8523b4" })
	void secondOfWhenTextIsNoIdShouldBeNull(String text) {
		assertThat(AuditLog.secondOf(text)).isNull();
	}

	private static String withData(Map<String, Object> data) {
		return documented().data(data).build().id();
	}

	private static AuditLog.Builder documented() {
		return AuditLog.builder()
			.code("db-create")
			.message("")
			.origin("cli")
			.author("iku")
			.createdAt(Instant.parse("2023-12-20T09:46:08Z"));
	}

}
