package io.github.tursospring.auditlog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonObjectTests {

	private final JsonMapper json = JsonMapper.builder().build();

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 7, 8, 9, 10, 40 })
	void dataWhenOfAnySizeShouldEqualMapOfSameMembersInSameOrder(int members) {
		Map<String, @Nullable Object> expected = new LinkedHashMap<>();
		IntStream.range(0, members).forEach((i) -> expected.put("m" + (members - i), (i % 3 == 0) ? null : "v" + i));
		Map<String, @Nullable Object> data = read(this.json.writeValueAsString(expected));
		assertThat(data).isEqualTo(expected).hasSameHashCodeAs(expected).hasToString(expected.toString());
		assertThat(expected).isEqualTo(data);
		assertThat(List.copyOf(data.keySet())).isEqualTo(List.copyOf(expected.keySet()));
		assertThat(data).hasSize(members)
			.containsKey("m1")
			.doesNotContainKey("other")
			.containsEntry("m" + members, null);
		expected.forEach((name, value) -> assertThat(data.get(name)).isEqualTo(value));
		assertThat(data.get("other")).isNull();
		Map<String, @Nullable Object> visited = new LinkedHashMap<>();
		data.forEach(visited::put);
		assertThat(visited).isEqualTo(expected);
		assertThat(this.json.writeValueAsString(data)).isEqualTo(this.json.writeValueAsString(expected));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 20 })
	void dataShouldBeUnmodifiable(int members) {
		String json = IntStream.range(0, members)
			.mapToObj((i) -> "\"m" + i + "\":" + i)
			.collect(Collectors.joining(",", "{", "}"));
		Map<String, @Nullable Object> data = read(json);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> data.put("m0", 1));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> data.remove("m0"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(data::clear);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> data.keySet().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> data.entrySet().iterator().next().setValue(2));
		assertThat(data).hasSize(members);
	}

	@Test
	void dataWhenNameRecursShouldHaveLastValue() {
		assertThat(read("{\"a\":1,\"b\":2,\"a\":3}")).containsExactlyInAnyOrderEntriesOf(Map.of("a", 3, "b", 2));
		assertThat(read("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"a\":9}")).hasSize(8)
			.containsEntry("a", 9);
	}

	@Test
	void iteratorWhenPastLastMemberShouldThrow() {
		var members = read("{\"a\":1}").entrySet().iterator();
		members.next();
		assertThat(members.hasNext()).isFalse();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(members::next);
	}

	private Map<String, @Nullable Object> read(String data) {
		return this.json.readValue("{\"data\":" + data + "}", AuditLog.class).data();
	}

}
