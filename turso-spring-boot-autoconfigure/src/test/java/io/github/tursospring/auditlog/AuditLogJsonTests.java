package io.github.tursospring.auditlog;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuditLog} as JSON: what Jackson writes, and that it reads back equal.
 */
class AuditLogJsonTests {

	private final JsonMapper mapper = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

	@Test
	void writeShouldHaveTursosFieldNamesAndId() {
		assertThat(this.mapper.writeValueAsString(AuditLogTests.full().additional("region", "aws-eu-west-1").build()))
			.isEqualTo("{\"id\":\"1703065568-e5e3bf57abd0bc867199dbddffd51672\",\"code\":\"db-create\","
					+ "\"message\":\"created\",\"origin\":\"cli\",\"author\":\"iku\","
					+ "\"created_at\":\"2023-12-20T09:46:08Z\",\"data\":{\"name\":\"db1\"},"
					+ "\"ip\":\"203.0.113.9\",\"city\":\"Helsinki\",\"country_code\":\"SE\","
					+ "\"latitude\":\"60.17\",\"longitude\":\"24.94\",\"region\":\"aws-eu-west-1\"}");
	}

	@Test
	void writeWhenFieldsAreAbsentShouldHaveDocumentedFields() {
		AuditLog empty = AuditLog.builder().build();
		assertThat(this.mapper.writeValueAsString(empty)).isEqualTo("{\"id\":\"" + empty.id()
				+ "\",\"code\":null,\"message\":null,\"origin\":null,\"author\":null,\"created_at\":null,\"data\":{}}");
	}

	@Test
	void readShouldRestoreEveryField() {
		assertReadsBack(AuditLogTests.full().build());
	}

	@Test
	void readWhenEntryIsEmptyShouldRestoreIt() {
		assertReadsBack(AuditLog.builder().build());
	}

	@Test
	void readShouldRestoreIdOfServer() {
		AuditLog entry = AuditLogTests.full().additional("id", "01HJ3Z").build();
		assertReadsBack(entry);
		assertThat(this.mapper.writeValueAsString(entry)).contains("\"id\":\"" + entry.id() + "\"")
			.contains("\"server_entry_id\":\"01HJ3Z\"");
	}

	@Test
	void readShouldDropDerivedId() {
		AuditLog entry = readBack(AuditLogTests.full().build());
		assertThat(entry).isEqualTo(AuditLogTests.full().build()).hasToString(AuditLogTests.full().build().toString());
	}

	@Test
	void readShouldRestoreAdditionalFieldsOfEveryType() {
		assertReadsBack(AuditLogTests.full()
			.additional("text", "x")
			.additional("number", 7)
			.additional("flag", false)
			.additional("nothing", null)
			.additional("list", List.of(1, "two"))
			.additional("object", Map.of("deep", Map.of("er", List.of())))
			.build());
	}

	@Test
	void readShouldRestoreDataOfEveryType() {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("text", "x\u0000\uD83D\uDE00\"\\");
		data.put("int", 1);
		data.put("long", 9007199254740993L);
		data.put("big", new BigInteger("123456789012345678901234567890"));
		data.put("double", 0.1);
		data.put("decimal", new BigDecimal("3.14159265358979323846264338327950288"));
		data.put("huge", new BigDecimal("1E+400"));
		data.put("list", Arrays.asList(null, true, Map.of()));
		assertReadsBack(AuditLogTests.full().data(data).build());
	}

	@Test
	void readShouldRestoreFractionOfSecond() {
		assertReadsBack(AuditLogTests.full().createdAt(Instant.parse("2023-12-20T09:46:08.123456789Z")).build());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'created_at':'yesterday'}", "{'created_at':{'seconds':1}}",
			"{'created_at':'yesterday','timestamp':'2023-12-20T09:46:08Z'}", "{'data':'text'}", "{'data':[1]}",
			"{'data':'text','details':{'name':'db1'}}", "{'code':['a'],'action':'b'}", "{'code':'a','action':'b'}",
			"{'id':{'a':1}}", "{'id':'01HJ3Z','server_entry_id':'x'}", "{'server_entry_id':'x'}", "{'id':null}",
			"{'id':'0-48cc6d60130127ced009d34a5538cb3c'}", "{'id':'1-48cc6d60130127ced009d34a5538cb3c'}",
			"{'id':'0-48cc6d60130127ced009d34a5538cb3c','code':'a'}", "{'id':['a'],'code':'b'}",
			"{'ip':{'v4':'a'},'ip_address':'b'}", "{'author':[],'actor_id':7}",
			"{'action':{},'details':1,'timestamp':[],'ip_address':[],'actor_id':{}}",
			"{'action':null,'code':'a','unknown':null}" })
	void readShouldRestoreWhateverServerSent(String json) {
		AuditLog entry = this.mapper.readValue(json.replace('\'', '"'), AuditLog.class);
		assertReadsBack(entry);
	}

	@Test
	void readOfPageShouldRestoreEntries() {
		AuditLogPage page = new AuditLogPage(
				List.of(AuditLogTests.full().build(), AuditLogTests.full().additional("id", "x").build()), "token",
				true, new AuditLogPage.Pagination(1, 2, 3, 6));
		assertThat(this.mapper.readValue(this.mapper.writeValueAsString(page), AuditLogPage.class)).isEqualTo(page);
	}

	private void assertReadsBack(AuditLog entry) {
		assertThat(readBack(entry)).isEqualTo(entry);
		assertThat(readBack(entry).id()).isEqualTo(entry.id());
	}

	private AuditLog readBack(AuditLog entry) {
		return this.mapper.readValue(this.mapper.writeValueAsString(entry), AuditLog.class);
	}

}
