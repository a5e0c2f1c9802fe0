package io.github.tursospring.auditlog;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names that other descriptions of Turso's API give to an entry's fields.
 */
class AuditLogOtherNamesTests {

	@Test
	void readShouldDecodeOtherNames() {
		AuditLog entry = read("{'action':'db-create','timestamp':'2023-12-20T09:46:08Z','actor_id':'iku',"
				+ "'details':{'name':'db1'},'ip_address':'203.0.113.9'}");
		assertThat(entry).isEqualTo(AuditLog.builder()
			.code("db-create")
			.createdAt(Instant.parse("2023-12-20T09:46:08Z"))
			.author("iku")
			.data(Map.of("name", "db1"))
			.ip("203.0.113.9")
			.build());
	}

	@Test
	void idShouldBeSameUnderEitherName() {
		AuditLog other = read("{'action':'db-create','timestamp':1703065568,'actor_id':'iku','details':{'a':1}}");
		AuditLog turso = read("{'code':'db-create','created_at':'2023-12-20T09:46:08Z','author':'iku','data':{'a':1}}");
		assertThat(other.id()).isEqualTo(turso.id());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			'code':'a'           | 'action':'b'                         | action
			'author':'a'         | 'actor_id':'b'                       | actor_id
			'ip':'a'             | 'ip_address':'b'                     | ip_address
			'data':{'a':1}       | 'details':{'b':2}                    | details
			'data':{}            | 'details':{'b':2}                    | details
			'created_at':1       | 'timestamp':'1970-01-02T00:00:00Z'   | timestamp
			""")
	void readWhenBothNamesArePresentShouldPreferTursos(String turso, String other, String otherName) {
		AuditLog entry = read("{" + turso + "," + other + "}");
		assertThat(entry).isEqualTo(read("{" + other + "," + turso + "}"));
		assertThat(entry.additional()).containsOnlyKeys(otherName);
		assertThat(entry.id()).isEqualTo(read("{" + turso + "}").id());
		assertThat(entry.ip()).isEqualTo(read("{" + turso + "}").ip());
	}

	@Test
	void readWhenTursosNameIsNullShouldUseOtherName() {
		assertThat(read("{'code':null,'action':'b','data':null,'details':{'b':2}}"))
			.isEqualTo(AuditLog.builder().code("b").data(Map.of("b", 2)).build());
	}

	@Test
	void readWhenTursosNameIsUnreadableShouldUseOtherNameAndKeepIt() {
		AuditLog entry = read("{'created_at':'yesterday','timestamp':'2023-12-20T09:46:08Z'}");
		assertThat(entry.createdAt()).isEqualTo("2023-12-20T09:46:08Z");
		assertThat(entry.additional()).containsExactly(Map.entry("created_at", "yesterday"));
	}

	@Test
	void readWhenOtherNameIsNullShouldKeepIt() {
		assertThat(read("{'code':'a','action':null}"))
			.isEqualTo(AuditLog.builder().code("a").additional("action", null).build());
	}

	@Test
	void readWhenValueDoesNotFitShouldKeepItUnderItsName() {
		AuditLog entry = read("{'timestamp':'yesterday','details':'text','action':{'a':1}}");
		assertThat(entry).isEqualTo(AuditLog.builder()
			.additional("timestamp", "yesterday")
			.additional("details", "text")
			.additional("action", Map.of("a", 1))
			.build());
	}

	private static AuditLog read(String json) {
		return new JsonMapper().readValue(json.replace('\'', '"'), AuditLog.class);
	}

}
