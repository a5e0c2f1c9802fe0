package io.github.tursospring.auditlog;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the decoding of an entry's fields: known, unknown, absent and of wrong types.
 */
class AuditLogDecodingTests {

	@Test
	void readShouldDecodeDocumentedEntry() {
		AuditLog entry = read("{'code':'db-create','message':'','origin':'cli','author':'iku',"
				+ "'created_at':'2023-12-20T09:46:08Z','data':{}}");
		assertThat(entry).isEqualTo(AuditLog.builder()
			.code(AuditLogCode.DB_CREATE)
			.message("")
			.origin("cli")
			.author("iku")
			.createdAt(Instant.parse("2023-12-20T09:46:08Z"))
			.build());
		assertThat(entry.additional()).isEmpty();
	}

	@Test
	void readShouldDecodeFieldsOfCommandLineClient() {
		AuditLog entry = read("{'ip':'203.0.113.9','city':'Helsinki','country_code':'FI','latitude':'60.17',"
				+ "'longitude':'24.94'}");
		assertThat(entry.ip()).isEqualTo("203.0.113.9");
		assertThat(entry.city()).isEqualTo("Helsinki");
		assertThat(entry.countryCode()).isEqualTo("FI");
		assertThat(entry.latitude()).isEqualTo("60.17");
		assertThat(entry.longitude()).isEqualTo("24.94");
		assertThat(entry.additional()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "code", "message", "origin", "author", "created_at", "data", "ip", "city", "country_code",
			"latitude", "longitude", "id", "action", "timestamp", "actor_id", "details", "ip_address" })
	void readWhenFieldIsNullShouldTreatItAsAbsent(String name) {
		assertThat(read("{'" + name + "':null}")).isEqualTo(read("{}")).isEqualTo(AuditLog.builder().build());
	}

	@ParameterizedTest
	@ValueSource(strings = { "db-rename", "", "DB-CREATE", "db create", "löschen" })
	void readShouldAcceptAnyCode(String code) {
		assertThat(read("{'code':'" + code + "'}").code()).isEqualTo(AuditLogCode.of(code));
	}

	@Test
	void readShouldAcceptAnyOrigin() {
		assertThat(read("{'origin':'terraform'}").origin()).isEqualTo("terraform");
	}

	@Test
	void readShouldKeepUnknownFields() {
		AuditLog entry = read("{'code':'db-create','region':'aws','n':1,'flag':true,'none':null,'list':[1,'two',null],"
				+ "'object':{'a':{'b':[]}},'':'empty name'}");
		assertThat(entry.code()).isEqualTo(AuditLogCode.DB_CREATE);
		assertThat(entry.additional()).containsOnlyKeys("region", "n", "flag", "none", "list", "object", "")
			.containsEntry("region", "aws")
			.containsEntry("n", 1)
			.containsEntry("flag", true)
			.containsEntry("none", null)
			.containsEntry("object", Map.of("a", Map.of("b", List.of())))
			.containsEntry("", "empty name");
		assertThat(entry.additional()).extractingByKey("list")
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactly(1, "two", null);
	}

	@Test
	void readShouldMatchNamesByCase() {
		AuditLog entry = read("{'Code':'db-create','createdAt':'2023-12-20T09:46:08Z'}");
		assertThat(entry.code()).isNull();
		assertThat(entry.createdAt()).isNull();
		assertThat(entry.additional()).containsOnlyKeys("Code", "createdAt");
	}

	@ParameterizedTest
	@ValueSource(strings = { "code", "message", "origin", "author", "ip", "city", "country_code", "latitude",
			"longitude", "id" })
	void readWhenTextFieldIsNotScalarShouldKeepItAsAdditional(String name) {
		assertThat(read("{'" + name + "':{'a':1}}"))
			.isEqualTo(AuditLog.builder().additional(name, Map.of("a", 1)).build());
		assertThat(read("{'" + name + "':['a']}")).isEqualTo(AuditLog.builder().additional(name, List.of("a")).build());
	}

	@Test
	void readWhenTextFieldIsNumberOrBooleanShouldReadText() {
		AuditLog entry = read("{'code':7,'message':true,'author':12345678901234567890,'latitude':60.17,'id':42}");
		assertThat(entry.code()).isEqualTo(AuditLogCode.of("7"));
		assertThat(entry.message()).isEqualTo("true");
		assertThat(entry.author()).isEqualTo("12345678901234567890");
		assertThat(entry.latitude()).isEqualTo("60.17");
		assertThat(entry.additional()).containsExactly(Map.entry("id", 42));
	}

	@ParameterizedTest
	@ValueSource(strings = { "'text'", "7", "true", "['a']" })
	void readWhenDataIsNotObjectShouldKeepItAsAdditional(String data) {
		AuditLog entry = read("{'data':" + data + "}");
		assertThat(entry.data()).isEmpty();
		assertThat(entry.additional()).containsOnlyKeys("data");
	}

	@Test
	void idWhenServerSentOneShouldBeDerivedAndTheServersKept() {
		AuditLog entry = read("{'id':'01HJ3Z','code':'db-create'}");
		assertThat(entry.additional()).containsExactly(Map.entry("id", "01HJ3Z"));
		assertThat(entry.id()).isEqualTo(AuditLog.builder().code("db-create").build().id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "'text'", "7", "[]", "true" })
	void readWhenEntryIsNotObjectShouldFail(String json) {
		assertThatExceptionOfType(MismatchedInputException.class).isThrownBy(() -> read(json))
			.withMessageContaining("An audit log entry must be a JSON object");
	}

	private static AuditLog read(String json) {
		return new JsonMapper().readValue(json.replace('\'', '"'), AuditLog.class);
	}

}
