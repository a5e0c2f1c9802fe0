package io.github.tursospring.auditlog;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AuditLog#data()}: any JSON object, of any depth, without loss.
 */
class AuditLogDataTests {

	@Test
	void dataShouldHaveEveryTypeOfJson() {
		AuditLog entry = read("{'text':'x','int':1,'flag':true,'none':null,'list':[1,[2],{'a':3}],'object':{'b':{}}}");
		assertThat(entry.data()).containsEntry("text", "x")
			.containsEntry("int", 1)
			.containsEntry("flag", true)
			.containsEntry("none", null)
			.containsEntry("list", List.of(1, List.of(2), Map.of("a", 3)))
			.containsEntry("object", Map.of("b", Map.of()));
	}

	@Test
	void dataShouldKeepOrderOfNames() {
		assertThat(read("{'z':1,'a':2,'m':3}").data()).containsExactly(Map.entry("z", 1), Map.entry("a", 2),
				Map.entry("m", 3));
	}

	@Test
	void dataShouldHaveWholeNumbersOfAnySize() {
		AuditLog entry = read("{'int':2147483647,'long':9007199254740993,'big':123456789012345678901234567890}");
		assertThat(entry.data()).containsEntry("int", Integer.MAX_VALUE)
			.containsEntry("long", 9007199254740993L)
			.containsEntry("big", new BigInteger("123456789012345678901234567890"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.1", "2.5", "-0.25", "3.14159265358979323846264338327950288", "1e400", "1e-400",
			"0.10000000000000000555", "9007199254740993.0", "123456789012345678901234567890.5",
			"1.7976931348623157e308" })
	void dataShouldHaveDecimalsWithoutLoss(String number) {
		Object value = read("{'n':" + number + "}").data().get("n");
		assertThat(value).isInstanceOf(Number.class);
		assertThat(new BigDecimal(value.toString())).isEqualByComparingTo(number);
	}

	@Test
	void dataWhenDecimalFitsShouldHaveDouble() {
		assertThat(read("{'n':60.17}").data()).containsEntry("n", 60.17);
	}

	@Test
	void dataShouldBeReadAtAnyDepth() {
		int depth = 400;
		AuditLog entry = read("{'a':".repeat(depth) + "'bottom'" + "}".repeat(depth));
		Object value = entry.data();
		for (int i = 0; i < depth; i++) {
			value = ((Map<?, ?>) value).get("a");
		}
		assertThat(value).isEqualTo("bottom");
		assertThat(entry.id()).startsWith("0-");
		assertThat(entry)
			.isEqualTo(new JsonMapper().readValue(new JsonMapper().writeValueAsString(entry), AuditLog.class));
	}

	@Test
	void dataShouldBeUnmodifiableAtAnyDepth() {
		AuditLog entry = read("{'object':{'a':1},'list':[1]}");
		@SuppressWarnings("unchecked")
		Map<String, Object> object = (Map<String, Object>) entry.data().get("object");
		@SuppressWarnings("unchecked")
		List<Object> list = (List<Object>) entry.data().get("list");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> entry.data().put("b", 2));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> object.put("b", 2));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(2));
	}

	@Test
	void dataWhenNamesAreThoseOfFieldsShouldKeepThem() {
		AuditLog entry = read("{'code':'x','created_at':1,'action':'y'}");
		assertThat(entry.code()).isNull();
		assertThat(entry.data()).containsOnlyKeys("code", "created_at", "action");
	}

	private static AuditLog read(String data) {
		return new JsonMapper().readValue("{\"data\":" + data.replace('\'', '"') + "}", AuditLog.class);
	}

}
