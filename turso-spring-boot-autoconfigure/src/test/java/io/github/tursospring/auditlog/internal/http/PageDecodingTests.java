package io.github.tursospring.auditlog.internal.http;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import io.github.tursospring.auditlog.AuditLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PageDecoder}.
 */
class PageDecodingTests {

	@Test
	void decodeShouldAcceptPaginationAnywhere() {
		SourcePage page = decode("{'pagination':{'page':1,'page_size':2,'total_pages':3,'total_rows':4},'x':[{}],"
				+ "'audit_logs':[{}]}");
		assertThat(page).isEqualTo(new SourcePage(page.rows(), 1, 2, 3, 4L));
		assertThat(page.rows()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",'pagination':null", ",'pagination':{}", ",'pagination':[1,2]", ",'pagination':'x'",
			",'pagination':{'page':null,'page_size':'2','total_pages':[3],'total_rows':{'a':4}}",
			",'pagination':{'page':-1,'page_size':-2,'total_pages':-3,'total_rows':-4}",
			",'pagination':{'page':1.5,'page_size':2.5,'total_pages':true,'total_rows':false}" })
	void decodeWhenPaginationIsAbsentOrMalformedShouldSucceed(String pagination) {
		assertThat(decode("{'audit_logs':[]" + pagination + "}"))
			.isEqualTo(new SourcePage(List.of(), null, null, null, null));
	}

	@Test
	void decodeWhenPaginationIsIncompleteShouldSucceed() {
		assertThat(decode("{'audit_logs':[],'pagination':{'total_rows':5000000000,'sort':{'by':'created_at'}}}"))
			.isEqualTo(new SourcePage(List.of(), null, null, null, 5_000_000_000L));
	}

	@Test
	void decodeShouldIgnoreOtherMembers() {
		assertThat(decode("{'a':{'audit_logs':[1]},'audit_logs':[{'code':'x'}],'b':[[{}]]}").rows()).hasSize(1);
	}

	@Test
	void decodeShouldKeepFieldsOfRows() {
		String deep = "{'a':".repeat(390) + "1" + "}".repeat(390);
		SourcePage page = decode(
				"{'audit_logs':[{'data':" + deep + "},{'data':{'n':123456789012345678901234567890}}]}");
		assertThat(page.rows().get(0).data()).containsOnlyKeys("a");
		assertThat(page.rows().get(1).data()).containsEntry("n", new BigInteger("123456789012345678901234567890"));
	}

	@Test
	void decodeWhenBodyStartsWithByteOrderMarkShouldSucceed() {
		assertThat(decode("\ufeff{'audit_logs':[{'code':'x'}]}").rows()).hasSize(1);
	}

	@Test
	void decodeWhenTextHasLoneSurrogatesShouldKeepThem() {
		SourcePage page = decode("{'audit_logs':[{'message':'a\\ud800b','data':{'n':'\\udfff'}}]}");
		assertThat(page.rows().get(0).message()).isEqualTo("a\ud800b");
		assertThat(page.rows().get(0).data()).containsEntry("n", "\udfff");
		assertThat(page.rows().get(0).id()).matches("0-[0-9a-f]{32}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\udfff", "\\ud800", "\\udc00x", "\\ud800\\u0041", "x\\udfff\\ud800",
			"a\\udfffbcdefghijklmnopqrstuvwxyz" })
	void decodeWhenNameHasLoneSurrogatesShouldKeepThem(String escaped) {
		String name = JsonMapper.shared().readValue('"' + escaped + '"', String.class);
		AuditLog row = decode(
				"\ufeff{'audit_logs':[{'message':'m','data':{'%1$s':1},'%1$s':2}],'%1$s':3}".formatted(escaped))
			.rows()
			.get(0);
		assertThat(row.data()).containsExactly(Map.entry(name, 1));
		assertThat(row.additional()).containsExactly(Map.entry(name, 2));
		assertThat(row.id()).matches("0-[0-9a-f]{32}");
		assertThat(JsonMapper.shared().readValue(JsonMapper.shared().writeValueAsString(row), AuditLog.class))
			.isEqualTo(row);
		JsonMapper.shared().writeValueAsBytes(row);
	}

	@Test
	void decodeWhenNameHasLoneSurrogateAndBodyIsNotUtf8ShouldFail() {
		byte[] bytes = "{\"audit_logs\":[{\"\\udfff\":1,\"message\":\"\u00ff\"}]}"
			.getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> decode(bytes));
	}

	@Test
	void decodeShouldAcceptLongText() {
		String text = "x".repeat(30_000_000);
		assertThat(decode("{'audit_logs':[{'message':'" + text + "'}]}").rows().get(0).message()).hasSize(30_000_000);
	}

	@Test
	void decodeWhenPageHasMoreThanOneListShouldFail() {
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> decode("{'audit_logs':[{}],'audit_logs':[{}]}"))
			.withMessageContaining("more than one list 'audit_logs'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "'pagination':{'page':1},'audit_logs':[],'pagination':{'total_rows':0}",
			"'audit_logs':[],'pagination':{},'pagination':{}",
			"'audit_logs':[],'pagination':{'total_rows':5,'total_rows':0}" })
	void decodeWhenPaginationIsAmbiguousShouldFail(String members) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> decode("{" + members + "}"))
			.withMessageContaining("more than one '");
	}

	@Test
	void decodeWhenMoreRowsThanAnyPageHasShouldFail() {
		assertThat(decode("{'audit_logs':[" + "{},".repeat(999) + "{}]}").rows()).hasSize(1000);
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> decode("{'audit_logs':[" + "{},".repeat(1000) + "{}]}"))
			.withMessageContaining("more than 1000 rows");
	}

	@Test
	void decodeWhenMoreValuesThanMemoryMayHoldShouldFail() {
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> decode("{'audit_logs':[{'data':{'a':[" + "[],".repeat(1_000_000) + "1]}}]}"))
			.withMessageContaining("Token count");
	}

	@ParameterizedTest
	@ValueSource(strings = { "100E+2147483647", "1E+2147483647", "1E-2147483648", "1e99999999999999999999", "1E+10001",
			"-1E-10001" })
	void decodeWhenExponentIsExtremeShouldFail(String number) {
		for (String entry : List.of("{'data':{'n':" + number + "}}", "{'x':[" + number + "]}",
				"{'created_at':" + number + "}", "{'details':" + number + "}")) {
			assertThatExceptionOfType(JacksonException.class)
				.isThrownBy(() -> decode("{'audit_logs':[" + entry + "]}"));
		}
	}

	@Test
	void decodeWhenExponentIsLargeShouldReturnEntryWithId() {
		for (String number : List.of("1E+10000", "1E-10000", "1E+400", "-1.5E-400")) {
			AuditLog entry = decode("{'audit_logs':[{'data':{'n':" + number + "}}]}").rows().get(0);
			assertThat(entry.id()).isNotEmpty();
			assertThat(JsonMapper.shared().writeValueAsString(entry)).contains("E");
		}
	}

	@Test
	void entryOfTheDeepestPageShouldBeWritten() {
		String deepest = "{'a':".repeat(397) + "1" + "}".repeat(397);
		SourcePage page = decode("{'audit_logs':[{'data':" + deepest + "}]}");
		assertThat(JsonMapper.shared().writeValueAsString(List.of(page))).contains("{\"a\":1}");
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> decode("{'audit_logs':[{'data':{'a':" + deepest + "}}]}"));
	}

	private static SourcePage decode(String json) {
		return decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
	}

	private static SourcePage decode(byte[] bytes) {
		ResponseBody body = ResponseBody
			.receive(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)), bytes.length, -1)
			.block(TursoServer.PATIENCE);
		return PageDecoder.decode(body);
	}

}
